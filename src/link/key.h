/* key.h - keys and likeness of names (isn_name_key, isn_name_likeness stand in entity.h). */
#ifndef ISN_LINK_KEY_H
#define ISN_LINK_KEY_H

#include "link/entity.h"

/* The consonant classes of one word, at most `room`; returns how many. Thread-safe. */
size_t isn_name_skeleton(uint8_t *out, size_t room, const uint8_t *letters, size_t n);

#endif
