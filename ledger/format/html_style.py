"""How a page looks: on a wide screen, on a telephone, in the dark, on paper."""

from __future__ import annotations

STYLE = """:root {
  color-scheme: light dark;
  --paper: #ffffff; --ink: #1a1a1a; --quiet: #595959; --line: #c4c4c4; --head: #eef2f6; --link: #0b57a4;
  --red: #a8071a; --yellow: #7a4f00; --green: #1c6b33;
}
@media screen and (prefers-color-scheme: dark) {
  :root {
    --paper: #16181b; --ink: #e8e8e8; --quiet: #a9b0b8; --line: #474d54; --head: #23282e; --link: #8ab8f0;
    --red: #ff8f87; --yellow: #f0c05a; --green: #7fd394;
  }
}
* { box-sizing: border-box; }
html { -webkit-text-size-adjust: 100%; text-size-adjust: 100%; }
body {
  margin: 0 auto; padding: 1.5rem clamp(1rem, 4vw, 3rem) 3rem; max-width: 90rem;
  background: var(--paper); color: var(--ink); overflow-wrap: anywhere;
  font: 1rem/1.6 "Noto Sans CJK SC", "Source Han Sans SC", "PingFang SC", "Hiragino Sans GB", "Microsoft YaHei",
    "WenQuanYi Micro Hei", system-ui, sans-serif;
}
h1 { font-size: clamp(1.35rem, 1rem + 2vw, 2rem); line-height: 1.3; margin: 0 0 .5rem; }
h2 { font-size: 1.25rem; line-height: 1.35; margin: 2.25rem 0 .5rem; }
h3, h4, h5, h6 { font-size: 1.05rem; line-height: 1.4; margin: 1.5rem 0 .5rem; }
p { margin: .4rem 0; max-width: 75rem; white-space: pre-line; }
a { color: var(--link); }
dl { display: flex; flex-wrap: wrap; gap: .2rem 1.75rem; margin: 0 0 1rem; color: var(--quiet); }
dl div { display: flex; gap: .5rem; }
dd { margin: 0; color: var(--ink); font-variant-numeric: tabular-nums; }
nav { border-block: 1px solid var(--line); padding: .5rem 0; }
nav ol { display: flex; flex-wrap: wrap; gap: .1rem 1.5rem; margin: 0; padding: 0; list-style: none; }
nav a { display: inline-block; padding: .25rem 0; }
.table {
  overflow-x: auto; margin: .75rem 0;
  background:
    linear-gradient(to right, var(--paper) 40%, transparent) 0 0 / 3rem 100% no-repeat local,
    linear-gradient(to left, var(--paper) 40%, transparent) 100% 0 / 3rem 100% no-repeat local,
    linear-gradient(to right, var(--line), transparent) 0 0 / .7rem 100% no-repeat scroll,
    linear-gradient(to left, var(--line), transparent) 100% 0 / .7rem 100% no-repeat scroll;
}
.table:focus-visible { outline: 2px solid var(--link); outline-offset: 2px; }
table { border-collapse: collapse; font-size: .94rem; line-height: 1.45; min-width: min(20rem, 100%); }
caption { text-align: start; font-weight: 700; padding: .25rem 0; }
th, td { border: 1px solid var(--line); padding: .35rem .6rem; text-align: start; vertical-align: top; }
th, td { white-space: nowrap; overflow-wrap: normal; font-variant-numeric: tabular-nums; }
thead th { background: var(--head); vertical-align: bottom; text-wrap: balance; }
thead th.end { white-space: normal; min-width: 4.5em; }
tbody th { font-weight: inherit; }
.long { white-space: pre-line; overflow-wrap: anywhere; min-width: 11em; }
.whole .long { overflow-wrap: break-word; }
.end { text-align: end; }
.note { color: var(--quiet); font-size: .9rem; }
.red { color: var(--red); font-weight: 700; }
.yellow { color: var(--yellow); font-weight: 700; }
.green { color: var(--green); }
.grey, .dim { color: var(--quiet); }
.bold { font-weight: 700; }
pre { overflow-x: auto; padding: .75rem; background: var(--head); font-size: .9rem; }
svg { display: block; color: var(--link); }
.remark { border: 1px solid var(--line); min-height: 8rem; margin-top: 1.5rem; padding: .25rem .75rem; }
.remark h2 { font-size: 1rem; margin: 0; }
td svg { max-width: 100%; }
@media (max-width: 40rem) {
  body { padding: 1rem .9rem 2rem; }
  .long { min-width: 9em; }
  .swept tbody th:first-child {
    position: sticky; inset-inline-start: 0; background: var(--paper);
    box-shadow: inset -1px 0 var(--line), inset 1px 0 var(--line);
  }
  .swept { font-size: clamp(.65rem, 2.85vw, .94rem); line-height: 1.35; }
  .swept caption { font-size: .94rem; }
  .swept :is(th, td) { padding: .3em .25em; white-space: normal; }
  .swept thead th.end { min-width: 2.7em; }
  .swept .long { min-width: 3.2em; overflow-wrap: break-word; }
  .swept tbody th.long { min-width: 4.6em; max-width: 9em; }
  .stacked, .stacked caption, .stacked tbody, .stacked tr, .stacked th, .stacked td { display: block; }
  .stacked thead { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
  .stacked tr { border: 1px solid var(--line); margin: 0 0 .75rem; padding: .35rem .6rem; }
  .stacked tbody th, .stacked tbody td {
    display: grid; grid-template-columns: 6.5em minmax(0, 1fr); gap: .5rem; border: 0; padding: .1rem 0;
    min-width: 0; text-align: start; white-space: pre-line; overflow-wrap: anywhere;
  }
  .stacked tbody th { font-weight: 700; }
  .stacked tbody :is(th, td)::before { content: attr(data-title); color: var(--quiet); font-weight: 400; }
  .stacked tbody td:empty { display: none; }
}
@page { size: A4 portrait; margin: 16mm 14mm 18mm; @bottom-center { content: counter(page) " / " counter(pages); } }
@page wide { size: A4 landscape; }
@media print {
  body { padding: 0; max-width: none; font-size: 10.5pt; line-height: 1.5; }
  nav { display: none; }
  .wide { page: wide; }
  div.wide { break-before: page; }
  .table { overflow: visible; background: none; }
  table { font-size: 9pt; line-height: 1.35; min-width: 0; max-width: 100%; }
  thead { display: table-header-group; }
  tr, svg { break-inside: avoid; }
  h1, h2, h3, h4, h5, h6, caption, thead { break-after: avoid; }
  th, td { padding: 2pt 4pt; }
  thead th, thead th.end { white-space: normal; min-width: 3em; }
  .long { min-width: 0; }
  .tight { font-size: 7pt; }
  .tight th, .tight td { padding: 1pt 2pt; min-width: 0; white-space: normal; overflow-wrap: anywhere; }
  a { color: inherit; text-decoration: none; }
  p { orphans: 2; widows: 2; }
  .one { font-size: 10pt; line-height: 1.3; }
  .one h1 { font-size: 16pt; text-align: center; margin: 0 0 2pt; }
  .one h2 { font-size: 11pt; margin: 7pt 0 2pt; }
  .one dl { justify-content: center; margin: 0 0 4pt; }
  .one .table { margin: 3pt 0; }
  .one table { font-size: 9pt; line-height: 1.3; width: 100%; }
  .one :is(th, td) { padding: 1.5pt 4pt; white-space: nowrap; }
  .one .remark { break-inside: avoid; min-height: 40mm; margin-top: 8pt; }
}"""
