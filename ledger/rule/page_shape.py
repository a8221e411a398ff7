"""Pages of L1: files that cannot be read as they stand, and waivers of no use."""

from __future__ import annotations

from ledger.model.words import Words
from ledger.rule.page import Page

PAGES: tuple[Page, ...] = (
    Page(
        101,
        Words("文件读不出来", "a file cannot be read"),
        Words(
            "文件不是 UTF-8 文字，或者不是 YAML、CSV，或者根本不在。出错之处以下的内容没有读入，"
            "少读一行，统计就会偏，所以按错误处理。最常见的是 >= 没有加引号、键后面用了全角冒号、引号没有成对。"
            "符号链接一概不读：git 只记它指向哪里，那里改了什么，两个版本一比看不出来。"
            "管道、设备、套接字、占了文件名的目录、进不去的目录也是这样：里面有什么谁也不知道，"
            "所以凡是要计数、公布、写入的命令都以 2 结束。",
            "The file is not UTF-8 text, not YAML or CSV, or not there. Nothing below the fault was read, and figures "
            "that miss a line are wrong, so this is an error. The usual slips are an unquoted >=, a full-width colon "
            "after a key, and a quote that is not closed. A symbolic link is never read: git keeps where it points, "
            "not what stands there, so nobody who compares two versions would see it change. Nor is a pipe, a device, "
            "a socket, a folder under a file's name, or a folder that may not be listed: what is in it nobody knows, "
            "so everything that counts, publishes or writes ends with 2.",
        ),
        Words(
            "看指出的行和上一行。含冒号、逗号、括号的文字和以 > 开头的目标值加双引号；文件另存为 UTF-8。",
            "Look at the line named and the one above it. Put double quotes around text that holds a colon, a comma or "
            "a bracket, and around goals that start with >; save the file as UTF-8.",
        ),
        """\
# measures.yaml
- id: M18
  title: 渗滤液处理设施
  lead: 市城管委
  due: 2018-12-31
  targets: {started: {unit: 座, goal: >= 46}}""",
        """\
# measures.yaml
- id: M18
  title: 渗滤液处理设施
  lead: 市城管委
  due: 2018-12-31
  targets: {started: {unit: 座, goal: ">= 46"}}""",
    ),
    Page(
        102,
        Words("一个字段写了两次", "a key stands twice"),
        Words(
            "同一个事项里有两个同名字段，或者 CSV 的表头有两列同名。这里按第一个计，第二个不起作用，"
            "看文件的人却可能以第二个为准。同一个事项里，指标和阶段目标也不能用同一个键：记载只凭键指认它们。",
            "One item holds the same field twice, or a CSV header the same column twice. The first one is taken and "
            "the second has no effect, though a reader may well believe the second. Nor may a target and a milestone "
            "of one item share a key: an entry names either by it alone.",
        ),
        Words("删去错的那一个。", "Remove the wrong one."),
        """\
# measures.yaml
- id: M18
  title: 渗滤液处理设施
  lead: 市城管委
  due: 2018-12-31
  due: 2020-12-31""",
        """\
# measures.yaml
- id: M18
  title: 渗滤液处理设施
  lead: 市城管委
  due: 2018-12-31""",
    ),
    Page(
        103,
        Words("没有这个字段", "there is no such field"),
        Words(
            "字段名或列名不在格式里，它的值没有读入。多半是拼错，或者 {…} 里的文字含有逗号，被断成了两个字段。",
            "The name of a field or column is not part of the format, and its value was not read. Most often it is "
            "misspelt, or a text inside {…} holds a comma and was cut into two fields.",
        ),
        Words(
            "按提示改名；{…} 里含逗号的文字加双引号。自己的说明写进 remark 或注释。",
            "Take the name the hint offers; put double quotes around text with commas inside {…}. Notes of your own go "
            "into `remark` or a comment.",
        ),
        """\
# measures.yaml
- id: M18
  title: 渗滤液处理设施
  lead: 市城管委
  due: 2018-12-31
  responsable: [开州区]""",
        """\
# measures.yaml
- id: M18
  title: 渗滤液处理设施
  lead: 市城管委
  due: 2018-12-31
  responsible: [开州区]""",
    ),
    Page(
        104,
        Words("值不合要求", "a value of the wrong kind"),
        Words(
            "日期不存在，数里有文字，写了可选值以外的词，或者曾用名（was）是另一单位的名字。这个值没有读入；"
            "在流水里整行不计，因为缺了日期或数的记载没有意义。",
            "The date does not exist, the number holds words, the word is none of those on offer, or a former name "
            "(`was`) is one of another unit. The value was not read; in the journal the whole line does not count, "
            "for a fact without its date or number says nothing.",
        ),
        Words(
            "日期写成 2017-12-31，数只写数字（单位写在目标指标的 unit，约数写在 approx），其余按提示选词。",
            "Write dates like 2017-12-31 and numbers in digits only (their unit goes into `unit` of the target, "
            "余/近/约 into `approx`); for other fields pick a word from the hint.",
        ),
        """\
# measures.yaml
- id: M18
  title: 渗滤液处理设施
  lead: 市城管委
  due: 2018-11-31""",
        """\
# measures.yaml
- id: M18
  title: 渗滤液处理设施
  lead: 市城管委
  due: 2018-11-30""",
    ),
    Page(
        105,
        Words("缺少必填项", "a required field is missing"),
        Words(
            "每个事项都要有编号、事项名称、牵头单位和时限；每条记载都要有日期、事项、事件，有些事件另有必填的列。"
            "来源没有载明的，也要明说没有载明。",
            "Every item has an id, a title, a lead unit and a deadline; every entry a date, an item and an event, and "
            "some events need further columns. What the source does not state must be said to be unstated.",
        ),
        Words(
            "补上；来源确实没有载明牵头单位或时限的，写 unstated。",
            "Fill it in; where the source states no lead unit or deadline, write unstated.",
        ),
        """\
# problems.yaml
- id: P1
  title: 违法采矿
  due: 2017-12-31""",
        """\
# problems.yaml
- id: P1
  title: 违法采矿
  lead: unstated
  due: 2017-12-31""",
    ),
    Page(
        106,
        Words("用了锚点、别名、标签或合并键", "anchors, aliases, tags or merge keys"),
        Words(
            "YAML 的 &、*、! 和 << 让一处的值取决于另一处。台账要逐行能读懂、能比对，所以不用它们。",
            "With &, *, ! and << of YAML a value depends on what stands elsewhere. Every line of a ledger must be "
            "readable and comparable by itself, so they are not used.",
        ),
        Words("把值照写一遍；以这些符号开头的文字加双引号。", "Write the value out; quote text that starts with one."),
        """\
# measures.yaml
- {id: M1, title: 提标改造, lead: &unit 市城管委, due: 2017-12-31}
- {id: M2, title: 污泥处置, lead: *unit, due: 2020-12-31}""",
        """\
# measures.yaml
- {id: M1, title: 提标改造, lead: 市城管委, due: 2017-12-31}
- {id: M2, title: 污泥处置, lead: 市城管委, due: 2020-12-31}""",
    ),
    Page(
        107,
        Words("文件是空的或被截断", "an empty or cut-off file"),
        Words(
            "文件里什么也没有，或者流水的最后一行没有换行。两者都像是保存或复制时断在半路，后面的内容可能丢了。",
            "The file holds nothing, or the last line of the journal has no line end. Either looks like a save or copy "
            "that broke off, and what came after may be lost.",
        ),
        Words(
            "从 git 找回。账里确实还没有事项的，写 []；流水的最后一行核对后补上换行。",
            "Restore it from git. A book that has no items yet holds []; check the last line of the journal and end it "
            "with a line break.",
        ),
        """\
# problems.yaml""",
        """\
# problems.yaml
[]""",
    ),
    Page(
        108,
        Words("文件太大或嵌套太深", "too large or too deep"),
        Words(
            "文件超过 64 MiB，一格文字超过 CSV 的上限，或者括号套了 32 层以上。台账用不到这些，多半是文件坏了。",
            "The file is over 64 MiB, a cell longer than CSV allows, or brackets are nested over 32 levels. A ledger "
            "needs none of this: the file is most likely damaged.",
        ),
        Words(
            "从 git 找回；账确实大的，拆成几个文件。",
            "Restore it; split a large book into several files.",
        ),
        f"""\
# measures.yaml
- id: M1
  title: 提标改造
  lead: 市城管委
  due: 2017-12-31
  steps: {"[" * 33}招标{"]" * 33}""",
        """\
# measures.yaml
- id: M1
  title: 提标改造
  lead: 市城管委
  due: 2017-12-31
  steps: [招标]""",
    ),
    Page(
        109,
        Words("豁免过期或没有用到", "a waiver that expired or is unused"),
        Words(
            "waivers.yaml 里的豁免已经过期，或者没有与它相符的发现，或者没有经批准人同意。"
            "它不起作用，只会让人误以为还在起作用。",
            "A waiver in waivers.yaml has expired, matches no finding, or was given by nobody who may. It has no "
            "effect, and only looks as if it had.",
        ),
        Words("删去；问题还在的，由批准人重新批准并写新的期限。", "Remove it, or have it approved again to a new day."),
        """\
# as of 2018-03-31
# measures.yaml
- {id: M1, title: 提标改造, lead: 市城管委, due: 2017-12-31}
# waivers.yaml
- {code: L801, item: M1, reason: 汛期停工, by: 领导小组, until: 2018-02-28}""",
        """\
# as of 2018-03-31
# measures.yaml
- {id: M1, title: 提标改造, lead: 市城管委, due: 2017-12-31}
# waivers.yaml
- {code: L801, item: M1, reason: 汛期停工, by: 领导小组, until: 2018-04-30}""",
    ),
    Page(
        110,
        Words("合并冲突没有解决", "an unresolved merge conflict"),
        Words(
            "git 合并时两边改了同一处，文件里还留着 <<<<<<<、=======、>>>>>>>，两边的内容都在，谁也没有选。"
            "这个文件一概不读，也不再说它别的毛病；整本台账在解决之前不能改。",
            "Two branches changed the same place, and the file still holds <<<<<<<, ======= and >>>>>>>: both sides "
            "stand there and nobody has chosen. Nothing of that file is read nor said beside this, and nothing of the "
            "ledger is changed until it is resolved.",
        ),
        Words(
            "留下对的内容（流水两边都留），删去三种标记行，再 git add。",
            "Keep what is right (of a journal both sides), delete the lines with the marks, then git add the file.",
        ),
        """\
# measures.yaml
- id: M1
  title: 提标改造
  lead: 市城管委
<<<<<<< HEAD
  due: 2017-12-31
=======
  due: 2018-06-30
>>>>>>> works""",
        """\
# measures.yaml
- id: M1
  title: 提标改造
  lead: 市城管委
  due: 2018-06-30""",
    ),
)
