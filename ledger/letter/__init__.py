"""Letters to the lead units, made from the ledger: warnings, reminders, supervision, applications for closing."""
