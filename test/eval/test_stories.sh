#!/bin/bash
# Stories and the table reach their floors where the data to measure them lies beside the project.
exec python3 "$ISNAD_SOURCE/test/eval/measure-stories" --build "$ISNAD_BUILD"
