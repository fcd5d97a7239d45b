"""Which kinds of check come with pyxl: their functions, columns, parameters, codes, and what their words may quote."""

from __future__ import annotations

from pyxl.core.checks import across, amounts, cover, dates, frequency, limits, meetings, people, texts
from pyxl.core.checks.model import CheckKind, Param

__all__ = ["OWN_CHECKS"]

_CELL = frozenset({"label", "value"})  # every issue at a cell or at a cover field
_PAIR = _CELL | {"other_label", "other_value", "other_cell"}  # and of a comparison
_SHEET = frozenset({"label"})

_NUMBER = Param("number")
_NEEDED_NUMBER = Param("number", needed=True)
_WHERE = Param("where")
_FIELD = Param("field", needed=True)
_VALUE = Param("value", needed=True)
_OTHER = Param("activity", needed=True)
_TEXTS = Param("texts", needed=True)

_SPAN = dict.fromkeys(dates.SPANS, _NUMBER)
_LIMITS = {"minimum": _NUMBER, "maximum": _NUMBER}


def _option(*options: str, needed: bool = True) -> Param:
    return Param("value", needed, options)


OWN_CHECKS: dict[str, CheckKind] = {
    # numbers of a row
    "not_greater": CheckKind(amounts.not_greater, "row", (2, 2), ("greater_than",), gives=_PAIR),
    "sum_equals": CheckKind(
        amounts.sum_equals, "row", (2, None), ("sum_differs",), gives=_CELL | {"parts", "sum", "cells"}
    ),
    "quorum": CheckKind(
        meetings.quorum,
        "row",
        (2, 2),
        ("quorum_missing", "quorum_exactly_half", "quorum_exactly_four_fifths"),
        params={"at_least": _option(*meetings.QUORUMS)},
        gives=_PAIR | {"needed"},
    ),
    "majority": CheckKind(meetings.majority, "row", (2, 2), ("majority_missing",), gives=_PAIR | {"needed"}),
    "number_between": CheckKind(
        limits.number_between,
        "row",
        (1, 1),
        ("number_outside",),
        params=_LIMITS,
        gives=_CELL | {"range"},
        any_of=tuple(_LIMITS),
    ),
    "ratio_between": CheckKind(
        # its limits are per cent
        limits.ratio_between,
        "row",
        (2, 2),
        ("ratio_outside",),
        params=_LIMITS,
        gives=_PAIR | {"percent", "range"},
        any_of=tuple(_LIMITS),
    ),
    # days and times of a row
    "later_than": CheckKind(
        dates.later_than, "row", (2, 2), ("not_later",), params={"or_equal": Param("flag")}, gives=_PAIR
    ),
    "lasts_at_most": CheckKind(
        dates.lasts_at_most, "row", (2, 2), ("lasts_long",), params={"hours": _NEEDED_NUMBER}, gives=_PAIR | {"limit"}
    ),
    "interval_at_least": CheckKind(
        dates.interval_at_least,
        "row",
        (2, 2),
        ("interval_short",),
        params=_SPAN,
        gives=_PAIR | {"span"},
        any_of=dates.SPANS,
    ),
    "interval_at_most": CheckKind(
        dates.interval_at_most,
        "row",
        (2, 2),
        ("interval_long",),
        params=_SPAN,
        gives=_PAIR | {"span"},
        any_of=dates.SPANS,
    ),
    "elapsed_at_most": CheckKind(
        dates.elapsed_at_most,
        "row",
        (1, 1),
        ("elapsed_long",),
        params=_SPAN,
        gives=_CELL | {"span", "as_of"},
        any_of=dates.SPANS,
    ),
    "overdue": CheckKind(dates.overdue, "row", (1, 1), ("overdue",), gives=_CELL | {"as_of"}),
    "deadline_ahead": CheckKind(
        dates.deadline_ahead, "row", (1, 1), ("deadline_not_ahead",), gives=_CELL | {"period_end"}
    ),
    # texts of a row
    "required_when": CheckKind(
        # the second code is for a rule that names no other column; it quotes nothing but the label
        texts.required_when,
        "row",
        (1, None),
        ("required_here", "required_missing"),
        gives=_PAIR,
    ),
    "differs": CheckKind(texts.differs, "row", (2, 2), ("same_as",), gives=_PAIR),
    "equals": CheckKind(texts.equals, "row", (2, 2), ("differs_from",), gives=_PAIR),
    "min_length": CheckKind(
        texts.min_length,
        "row",
        (1, None),
        ("text_short",),
        params={"length": _NEEDED_NUMBER},
        gives=_CELL | {"length", "limit"},
    ),
    "max_length": CheckKind(
        texts.max_length,
        "row",
        (1, None),
        ("text_long",),
        params={"length": _NEEDED_NUMBER},
        gives=_CELL | {"length", "limit"},
    ),
    "no_blanks_left": CheckKind(texts.no_blanks_left, "row", (1, None), ("blank_left",), gives=_CELL | {"fragment"}),
    "no_own_quotes": CheckKind(texts.no_own_quotes, "row", (1, None), ("own_quotes",), gives=_CELL | {"fragment"}),
    "discouraged": CheckKind(
        texts.discouraged,
        "row",
        (1, 1),
        ("choice_discouraged",),
        params={"values": _TEXTS},
        gives=_CELL | {"others"},
    ),
    "no_figure_without_value": CheckKind(
        texts.no_figure_without_value, "row", (2, 2), ("claim_unmeasured",), gives=_PAIR | {"fragment"}
    ),
    # names and head counts against the roster
    "names_counted": CheckKind(
        people.names_counted,
        "row",
        (2, None),
        ("names_differ",),
        gives=_CELL | {"names", "expected", "parts", "cells"},
    ),
    "at_most_members": CheckKind(
        people.at_most_members,
        "row",
        (1, 1),
        ("exceeds_roster",),
        params={"scope": _option(*people.SCOPES)},
        gives=_CELL | {"members", "day"},
    ),
    "equals_group_size": CheckKind(
        people.equals_group_size, "row", (2, 2), ("group_size_differs",), gives=_CELL | {"group", "members"}
    ),
    "on_roster": CheckKind(
        people.on_roster, "row", (1, None), ("not_on_roster", "one_person_only"), gives=_CELL | {"names", "count"}
    ),
    "role_is": CheckKind(
        people.role_is, "row", (1, 1), ("role_unexpected",), params={"roles": _TEXTS}, gives=_CELL | {"name", "roles"}
    ),
    "member_is_formal": CheckKind(
        people.member_is_formal, "row", (1, None), ("not_formal",), gives=_CELL | {"names", "day"}
    ),
    # a row against the cover and against other sheets
    "equals_cover": CheckKind(
        cover.equals_cover,
        "row",
        (1, 1),
        ("differs_from_cover",),
        params={"field": _FIELD},
        gives=_CELL | {"field", "expected", "field_cell"},
    ),
    "linked": CheckKind(across.linked, "row", (1, 1), ("link_broken",), gives=_CELL | {"names"}),
    "related": CheckKind(
        across.related,
        "row",
        (1, None),
        ("related_missing",),
        params={
            "other": _OTHER,
            "where": _WHERE,
            "within": _option(*across.WITHIN, needed=False),
            "days_before": _NUMBER,
        },
        gives=_CELL | {"other", "first", "last"},
        any_of=("within", "days_before"),
    ),
    "matches_rows": CheckKind(
        across.matches_rows,
        "row",
        (1, 1),
        ("count_differs",),
        params={"other": _OTHER, "where": _WHERE},
        gives=_CELL | {"other", "count"},
    ),
    # a sheet as a whole
    "no_duplicates": CheckKind(
        frequency.no_duplicates, "sheet", (1, None), ("duplicate_entry",), gives=_CELL | {"earlier_cell"}
    ),
    "no_mirrored": CheckKind(
        frequency.no_mirrored, "sheet", (3, 3), ("mirrored_entry",), gives=_PAIR | {"earlier_cell"}
    ),
    "same_day": CheckKind(frequency.same_day, "sheet", (2, 2), ("same_day",), gives=_CELL | {"earlier_cell"}),
    "unique": CheckKind(
        frequency.unique,
        "sheet",
        (1, 1),
        ("not_unique",),
        params={"apart": Param("texts")},
        gives=_CELL | {"earlier_cell"},
    ),
    "held_every": CheckKind(
        frequency.held_every,
        "sheet",
        (0, 0),
        ("month_without_meeting", "quarter_without_meeting"),
        params={"every": _option(*frequency.EVERY), "per": Param("column")},
        gives=_SHEET | {"number", "group"},
    ),
    "held_in_period": CheckKind(
        frequency.held_in_period, "sheet", (0, 0), ("not_held_this_period",), gives=_SHEET | {"as_of"}
    ),
    "held_yearly": CheckKind(
        frequency.held_yearly,
        "sheet",
        (0, 0),
        ("not_held_this_year",),
        params={"at_least": _NUMBER},
        gives=_SHEET | {"held", "least", "year", "what"},
    ),
    "no_overlap": CheckKind(across.no_overlap, "sheet", (3, 3), ("overlap",), gives=_CELL | {"other"}),
    "answers": CheckKind(
        across.answers,
        "sheet",
        (0, 0),
        ("problem_without_plan",),
        params={"other": _OTHER, "where": _WHERE},
        gives=_SHEET | {"other", "here", "there"},
    ),
    "covers_roster": CheckKind(
        people.covers_roster, "sheet", (1, None), ("members_not_covered",), gives=_SHEET | {"count", "names"}
    ),
    "roster_filled": CheckKind(people.roster_filled, "sheet", (0, 0), ("roster_empty",), gives=_SHEET | {"count"}),
    "size_between": CheckKind(
        cover.size_between,
        "sheet",
        (0, 0),
        ("size_outside",),
        params={"where": _WHERE, **_LIMITS},
        gives=_SHEET | {"what", "count", "range"},
        any_of=tuple(_LIMITS),
    ),
    # the cover
    "empty_unless": CheckKind(
        cover.empty_unless,
        "sheet",
        (0, 0),
        ("sheet_not_applicable",),
        params={"field": _FIELD, "value": _VALUE},
        gives=_CELL | {"field", "given", "expected"},
    ),
    "cover_expects": CheckKind(
        cover.cover_expects,
        "sheet",
        (0, 0),
        ("cover_expected",),
        params={"where": _WHERE, "minimum": _NEEDED_NUMBER, "field": _FIELD, "value": _VALUE},
        gives=_CELL | {"expected", "what", "count"},
    ),
    "cover_date_near": CheckKind(
        cover.cover_date_near,
        "sheet",
        (0, 0),
        ("term_ends_soon", "term_ended"),
        params={"field": _FIELD, "months": _NEEDED_NUMBER},
        gives=_CELL | {"months", "as_of"},
    ),
    "cover_number_between": CheckKind(
        cover.cover_number_between,
        "sheet",
        (0, 0),
        ("cover_number_outside",),
        params={"field": _FIELD, **_LIMITS},
        gives=_CELL | {"range"},
        any_of=tuple(_LIMITS),
    ),
    "cover_on_roster": CheckKind(
        cover.cover_on_roster,
        "sheet",
        (0, 0),
        ("not_on_roster", "role_unexpected", "one_person_only"),
        params={"field": _FIELD, "roles": Param("texts")},
        gives=_CELL | {"names", "name", "roles", "count"},
    ),
}
