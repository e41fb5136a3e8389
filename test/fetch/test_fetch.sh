#!/bin/bash
# isnad fetch against servers on this machine (test_fetch.py); no other is asked.
exec python3 "$ISNAD_SOURCE/test/fetch/test_fetch.py" "$ISNAD_BUILD/cli/isnad"
