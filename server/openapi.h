/* openapi.h - the description of the API, server/openapi.json, as bytes of the program (cmake/embed.cmake). */
#ifndef ISN_SERVER_OPENAPI_H
#define ISN_SERVER_OPENAPI_H

#include <stddef.h>

extern const unsigned char isn_openapi[];
extern const size_t isn_openapi_size;

#endif
