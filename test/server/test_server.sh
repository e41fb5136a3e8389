#!/bin/bash
# A server on a database of the example articles: every route, every bound, hostile input (test_server.py lists it).
set -eu
unset ISNAD_IMAGE
exec python3 "$ISNAD_SOURCE/test/server/test_server.py"
