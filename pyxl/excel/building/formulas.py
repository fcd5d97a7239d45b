"""Which formulas keep 半年汇总 counting while the secretary types?

Only functions that LibreOffice 7.4 and Excel 2016 both calculate. The ranges are fixed and reach
beyond the tables, so that rows typed below a table count as well. What a row needs to count here:
a real date, and a state that is neither draft nor void; the Python totals ask for more (no errors).
"""

from __future__ import annotations

from pyxl.catalogue.model import ActivityType, Catalogue, CheckSpec, PeriodRule
from pyxl.excel.building.layout import entry_range
from pyxl.text import phrase, phrases

__all__ = [
    "applies",
    "band_title",
    "count_between",
    "count_in_month",
    "count_in_period",
    "cover_name",
    "irregular",
    "month_is_due",
    "name",
    "rate_in_period",
    "sum_in_period",
    "text",
]


def name(key: str) -> str:
    """A defined name of ours, by its key in sheets.toml [names]."""
    return phrase("sheets", "names", key)


def text(words: str) -> str:
    """Words as a formula's string."""
    return '"' + words.replace('"', '""') + '"'


def cover_name(catalogue: Catalogue, key: str) -> str:
    """The defined name of a cover field: its label."""
    return next(field.label for field in catalogue.cover if field.key == key)


def _states(activity: ActivityType) -> str:
    """Criteria that leave out drafts and void rows; a blank state passes."""
    if not activity.has("state"):
        return ""
    cells = entry_range(activity, "state")
    return "".join(f",{cells},{text('<>' + word)}" for word in phrases("words", "states").values())


def _state_factors(activity: ActivityType) -> str:
    """The same for SUMPRODUCT."""
    if not activity.has("state"):
        return ""
    cells = entry_range(activity, "state")
    return "".join(f"*({cells}<>{text(word)})" for word in phrases("words", "states").values())


def _between(activity: ActivityType, start: str, after: str) -> str:
    """Criteria for a day from `start` to before `after`; a time of day does not matter."""
    dates = entry_range(activity, activity.date)
    return f'{dates},">="&{start},{dates},"<"&{after}{_states(activity)}'


def count_between(activity: ActivityType, start: str, after: str) -> str:
    """Rows dated from `start` to before `after`."""
    return f"COUNTIFS({_between(activity, start, after)})"


def count_in_month(activity: ActivityType, month: str) -> str:
    """Rows of one month of the year, in the period or not; `month` is a reference to its number."""
    year = name("year")
    counted = count_between(activity, f"DATE({year},{month},1)", f"DATE({year},{month}+1,1)")
    return f'=IF({year}="","",{counted})'


def count_in_period(activity: ActivityType) -> str:
    """Rows of the reporting period, as the activity's period rule has it."""
    headline = entry_range(activity, _headline(activity))
    rows = f'({headline}<>""){_state_factors(activity)}'
    rule = activity.period_rule
    if rule is PeriodRule.NAMED and activity.has("for_period"):
        named = entry_range(activity, "for_period")
        counted = f'SUMPRODUCT({rows}*((({named}="")+({named}={name("period_name")}))>0))'
    elif rule is PeriodRule.ALWAYS or not activity.date:
        return f"=SUMPRODUCT({rows}*1)"
    elif rule is PeriodRule.UNTIL:
        counted = count_between(activity, "1", f"({name('limit')}+1)") + _settled_before(activity)
    else:
        counted = count_between(activity, name("start"), f"({name('limit')}+1)")
    return f'=IF({name("limit")}="","",{counted})'


def _settled_before(activity: ActivityType) -> str:
    """Takes away the rows that were settled before the period began: it has nothing to say of them."""
    end = activity.settlement
    if end is None:
        return ""
    states, days = entry_range(activity, end.column), entry_range(activity, end.date)
    all_of_period = _between(activity, "1", f"({name('limit')}+1)")
    return "".join(
        f'-COUNTIFS({all_of_period},{states},{text(value)},{days},"<"&{name("start")})' for value in end.values
    )


def _headline(activity: ActivityType) -> str:
    """The column that says whether a row is there at all: the first required one."""
    return next((column.key for column in activity.columns if column.required), activity.columns[0].key)


def sum_in_period(activity: ActivityType, key: str) -> str:
    """The sum of a column over the rows of the period."""
    criteria = _between(activity, name("start"), f"({name('limit')}+1)")
    return f'=IF({name("limit")}="","",SUMIFS({entry_range(activity, key)},{criteria}))'


def rate_in_period(activity: ActivityType, above: str, below: str) -> str:
    """One column's sum over another's, of the rows that have both; nothing without any."""
    criteria = _between(activity, name("start"), f"({name('limit')}+1)")
    both = "".join(f',{entry_range(activity, key)},">=0"' for key in (above, below))
    over, under = (f"SUMIFS({entry_range(activity, key)},{criteria}{both})" for key in (above, below))
    return f'=IF({name("limit")}="","",IF({under}=0,"",{over}/{under}))'


def irregular(activity: ActivityType) -> str:
    """Rows that no date places: text instead of a date, or no date beside a required cell that is filled."""
    dates = entry_range(activity, activity.date)
    others = [column.key for column in activity.columns if column.required and column.key != activity.date][:3]
    blank = "".join(f"*ISBLANK({entry_range(activity, key)})" for key in others)
    return f"=SUMPRODUCT((1-ISNUMBER({dates}))*(1-ISBLANK({dates}){blank}){_state_factors(activity)})"


def month_is_due(month: str) -> str:
    """Whether a month lies in the period and has begun by the last day that counts."""
    first, last, limit = name("first_month"), name("last_month"), name("limit")
    return f'AND({limit}<>"",{month}>=N({first}),{month}<=N({last}),DATE(N({name("year")}),{month},1)<=N({limit}))'


def applies(catalogue: Catalogue, spec: CheckSpec) -> str:
    """Whether the cover says what the rule presupposes; nothing when it presupposes nothing."""
    wanted = spec.params.get("applies_if", {})
    tests = [f"TRIM({cover_name(catalogue, key)})={text(str(value))}" for key, value in wanted.items()]
    return f"AND({','.join(tests)})" if tests else ""


def band_title(activity: ActivityType, cell: str) -> str:
    """The first line of an activity's sheet: its name and how many entries, from a cell of the summary."""
    standing = activity.period_rule in (PeriodRule.ALWAYS, PeriodRule.UNTIL)
    before, after = phrase("sheets", "band", "standing" if standing else "in_period").split("{count}")
    after = after.replace("{measure}", activity.measure)
    return f'={text(activity.label)}&IF(ISNUMBER({cell}),{text(before)}&{cell}&{text(after)},"")'
