#!/bin/bash
# What of the server's tests has several threads at one thing, for builds with the thread sanitizer (cmake/tests.cmake).
set -eu
unset ISNAD_IMAGE
exec python3 "$ISNAD_SOURCE/test/server/test_server.py" Hostile.test_at_once Hostile.test_gone_before_the_answer Routes.test_exports \
    Writing.test_watch Writing.test_writers_beside Writing.test_end_in_the_middle
