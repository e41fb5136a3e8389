"""run_example.py FILE.md: runs the first Python example of a page, as a reader would; it must print what stands in the block below it."""

import contextlib
import io
import re
import sys

with open(sys.argv[1], encoding="utf-8") as page:
    found = re.search(r"```python\n(.*?)```\n+```\n(.*?)```", page.read(), re.S)
if not found:
    sys.exit(f"{sys.argv[1]}: no Python example with its output")
printed = io.StringIO()
with contextlib.redirect_stdout(printed):
    exec(compile(found.group(1), sys.argv[1], "exec"), {"__name__": "__main__"})
if printed.getvalue() != found.group(2):
    sys.exit(f"the example prints:\n{printed.getvalue()}")
