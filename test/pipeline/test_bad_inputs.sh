#!/bin/bash
# More than 200 inputs that nobody should meet (bad_inputs.py): no crash, bounded time and memory, the next article is read.
exec python3 "$ISNAD_SOURCE/test/pipeline/bad_inputs.py" "$ISNAD_BUILD/cli/isnad"
