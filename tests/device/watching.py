"""What "drm-query watch" said, and when: for tests of it on any display."""
import json
import re
from datetime import datetime, timedelta, timezone

from guest_test import GuestTest

SOON = timedelta(seconds=5)  # 2 when nothing else runs on the machine

# "watching" starts a watch in text and one in JSON, and returns once both look; "mark NAME" notes the
# time; "watched" tells whether they are still there, and ends them. Text has the local time.
FUNCTIONS = """
export TZ=UTC
mark() { date -u +%Y-%m-%dT%H:%M:%S.%N | cut -c1-26 > $VM_OUT/$1.mark; }
watching() {
    run text $QUERY watch & run ndjson $QUERY watch --json & sleep $1
    text=$(pgrep -f '^[^ ]*drm-query watch$'); ndjson=$(pgrep -f '^[^ ]*drm-query watch --json$')
}
watched() { kill -0 $text && kill -0 $ndjson && kill -TERM $text $ndjson; wait; }
"""


class WatchTest(GuestTest):
    def mark(self, name: str) -> datetime:
        return datetime.fromisoformat((self.out / f"{name}.mark").read_text().strip()).replace(
            tzinfo=timezone.utc)

    def events(self) -> list[dict]:
        """The lines of JSON, of a watch that SIGTERM ended."""
        events = [json.loads(line) for line in self.ran("ndjson", code=143).out.splitlines()]
        for event in events:
            event["time"] = datetime.fromisoformat(event["time"])
        return events

    def lines(self) -> list[tuple[datetime, str]]:
        day = self.mark("start").date()
        lines = []
        for line in self.ran("text", code=143).out.splitlines():
            match = re.fullmatch(r"(\d\d:\d\d:\d\d\.\d{3}) (.+)", line)
            self.assertTrue(match, line)
            time = datetime.strptime(match[1], "%H:%M:%S.%f").time()
            lines.append((datetime.combine(day, time, timezone.utc), match[2]))
        return lines

    def assert_soon(self, times: list[datetime], mark: str) -> None:
        """One of them is soon after the mark."""
        start = self.mark(mark)
        # The times are cut to milliseconds.
        near = [time for time in times if timedelta(milliseconds=-1) <= time - start <= SOON]
        self.assertTrue(near, f"none of {times} is within {SOON} of {start}")

    def assert_told(self, mark: str, text: str, **fields) -> None:
        """Soon after the mark both told it: a line with the text, and a change with these fields."""
        self.assert_soon([time for time, line in self.lines() if text in line], mark)
        self.assert_soon([event["time"] for event in self.events()
                          if fields.items() <= event.items()], mark)
