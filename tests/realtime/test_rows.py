"""Which test shows what: the rows of the wire in the catalogue of bad input, and the invariants of delivery.

A row whose test was renamed or removed fails here, so that the table can be believed.
"""

import ast
from pathlib import Path
from typing import Final

import pytest

TESTS: Final = Path(__file__).resolve().parents[1]
INPUT, DAPHNE = "realtime/sockets/test_bad_input", "realtime/test_daphne"
HANDSHAKE, LEDGER = "realtime/sockets/test_handshake", "faults/test_ledger"
EVERYWHERE: Final = (
    "test_nothing_is_lost_with_two_processes",
    "test_nothing_is_lost_on_the_embedded_default",
)

ROWS: Final[dict[str, dict[str, tuple[str, ...]]]] = {
    **{f"B{number}": {INPUT: ("test_what_cannot_be_read",)} for number in (*range(1, 11), 13, 14, 15, 30)},
    "B11": {DAPHNE: ("test_too_large_a_message_is_closed_with_1009", "test_the_largest_message_is_read")},
    "B12": {DAPHNE: ("test_what_is_no_websocket_is_closed_by_the_library",)},
    "B16": {INPUT: ("test_what_cannot_be_read", "test_a_place_that_cannot_be_continued_from_is_reset")},
    "B17": {INPUT: ("test_a_place_that_cannot_be_continued_from_is_reset",)},
    "B18": {
        "realtime/sockets/test_subscribing": (
            "test_missing_and_not_mine_look_alike",
            "test_missing_and_not_mine_cost_the_same_work",
        )
    },
    "B19": {
        INPUT: ("test_speaking_into_a_stream_that_is_not_read",),
        HANDSHAKE: ("test_who_is_signed_out_is_told_so",),
    },
    "B20": {INPUT: ("test_bodies",)},
    "B21": {INPUT: ("test_bodies",)},
    "B22": {INPUT: ("test_what_cannot_be_read", "test_a_key_belongs_to_its_author")},
    "B23": {INPUT: ("test_one_key_with_another_text",)},
    "B24": {INPUT: ("test_an_edit_of_an_old_version_shows_the_present_text",)},
    "B25": {INPUT: ("test_what_belongs_to_somebody_else",)},
    "B26": {INPUT: ("test_an_archived_room_is_read_only",)},
    "B27": {"realtime/sockets/test_losing_access": ("test_after_a_seat_ended_the_room_is_gone",)},
    "B28": {INPUT: ("test_a_burst_is_accepted_to_the_limit_and_the_rest_keeps_its_text",)},
    "B29": {INPUT: ("test_mentions_are_plain_text",)},
    "B31": {
        HANDSHAKE: (
            "test_a_foreign_origin_is_refused",
            "test_no_origin_and_two_are_refused",
            "test_an_expired_session_and_a_deactivated_person_are_signed_out",
        ),
    },
    "B32": {
        HANDSHAKE: ("test_another_path_or_protocol_is_refused", "test_a_token_in_the_address_is_not_read"),
        DAPHNE: ("test_handshakes_that_are_refused",),
    },
    "B33": {HANDSHAKE: ("test_the_ninth_socket_of_a_person_closes_the_oldest",)},
    "I1": {LEDGER: EVERYWHERE, "journal/test_acts": ("test_a_retry_is_answered_with_the_first_place",)},
    "I2": {LEDGER: EVERYWHERE, "journal/test_opening": ("test_sixteen_writers_leave_no_hole_and_no_repeat",)},
    "I3": {
        LEDGER: EVERYWHERE,
        "realtime/hub/test_any_schedule": ("test_any_schedule",),
        "realtime/sockets/test_leaks": ("test_notes_held_threads_and_office_threads",),
    },
    "I4": {LEDGER: EVERYWHERE, "rooms/test_keys": ("test_a_key_means_one_act",)},
    "I5": {
        "realtime/hub/test_any_schedule": ("test_any_schedule",),
        "realtime/hub/test_revocation": ("test_revoked_while_a_page_of_the_backlog_is_read",),
        "realtime/test_polling": ("test_who_loses_access_while_the_entries_are_read_hears_none",),
    },
    "I6": {
        "issues/test_races": ("test_eight_moderators_make_one_issue",),
        "digests/test_races": (
            "test_of_eight_workers_with_one_edition_one_queues_its_mail",
            "test_planned_eight_times_at_once_it_is_one_edition",
        ),
    },
    "I7": {
        "realtime/hub/test_slow_readers": (
            "test_who_confirms_nothing_is_paused_alone_and_goes_on_where_it_was",
            "test_bytes_are_counted_over_all_streams_of_a_socket",
        ),
    },
    "I8": {
        "realtime/sockets/test_same_everywhere": ("test_live_is_replay_is_polling",),
        "realtime/sockets/test_issue_streams": ("test_live_is_replay_is_polling",),
    },
    "lag without Redis": {
        "realtime/test_two_processes": ("test_with_redis_dead_all_is_heard_within_three_seconds",),
        "realtime/hub/test_reconciling": ("test_lost_rings_are_healed",),
    },
    "an idle socket lives": {DAPHNE: ("test_an_idle_socket_lives_and_hears",)},
    "SIGTERM ends the process": {DAPHNE: ("test_a_stop_says_goodbye_and_ends_the_process",)},
    "a write by who signed out": {
        "realtime/sockets/test_writing_signed_out": ("test_signing_out_while_the_act_waits_for_its_turn",),
    },
    "F16": {"faults/test_cut_connections": ("test_one_who_asks_does_not_meet_every_dead_connection",)},
}


@pytest.mark.parametrize("row", ROWS)
def test_the_tests_of_a_row_are_there(row: str) -> None:
    for path, names in ROWS[row].items():
        tree = ast.parse((TESTS / f"{path}.py").read_text())
        there = {node.name for node in tree.body if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)}
        assert set(names) <= there, path


def test_no_row_is_missing() -> None:
    rows = {*(f"B{number}" for number in range(1, 34)), *(f"I{number}" for number in range(1, 9))}
    assert rows <= ROWS.keys()
