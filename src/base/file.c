#include "base/file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/error.h"

static isnad_status read_stream(isn_file *file, int fd, const char *path, size_t ceiling,
                                isnad_error *err)
{
    isn_buf buf;
    isn_buf_init(&buf, ceiling + 1);
    while (buf.n <= ceiling) {
        size_t left = ceiling + 1 - buf.n; /* one byte more than may be there shows that there are more */
        if (!isn_buf_reserve(&buf, left < 65536 ? left : 65536)) {
            isn_buf_release(&buf);
            return isn_fail(err, ISNAD_E_MEMORY, path, 0, "no memory to read '%s'", path);
        }
        ssize_t got = read(fd, buf.p + buf.n, buf.capacity - buf.n);
        if (got < 0 && errno == EINTR)
            continue;
        if (got < 0) {
            int why = errno;
            isn_buf_release(&buf);
            return isn_fail(err, ISNAD_E_IO, path, 0, "cannot read '%s': %s", path, strerror(why));
        }
        if (got == 0)
            break;
        buf.n += (size_t)got;
    }
    if (buf.n > ceiling) {
        isn_buf_release(&buf);
        return isn_fail(err, ISNAD_E_LIMIT, path, 0, "'%s' is larger than %zu bytes", path, ceiling);
    }
    file->bytes = (isn_str){buf.p, buf.n};
    file->mapped = false;
    return ISNAD_OK;
}

isnad_status isn_file_open(isn_file *file, const char *path, size_t ceiling, isnad_error *err)
{
    *file = (isn_file){{NULL, 0}, false};
    if (strcmp(path, "-") == 0)
        return read_stream(file, STDIN_FILENO, "-", ceiling, err);
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0)
        return isn_fail(err, ISNAD_E_IO, path, 0, "cannot open '%s': %s", path, strerror(errno));
    isnad_status status = ISNAD_OK;
    struct stat info;
    if (fstat(fd, &info) != 0) {
        status = isn_fail(err, ISNAD_E_IO, path, 0, "cannot look at '%s': %s", path, strerror(errno));
    } else if (S_ISDIR(info.st_mode)) {
        status = isn_fail(err, ISNAD_E_IO, path, 0, "'%s' is a folder", path);
    } else if (!S_ISREG(info.st_mode)) {
        status = read_stream(file, fd, path, ceiling, err);
    } else if ((uint64_t)info.st_size > ceiling) {
        status = isn_fail(err, ISNAD_E_LIMIT, path, 0, "'%s' is larger than %zu bytes", path, ceiling);
    } else if (info.st_size > 0) {
        void *p = mmap(NULL, (size_t)info.st_size, PROT_READ, MAP_PRIVATE, fd, 0);
        if (p == MAP_FAILED)
            status = isn_fail(err, ISNAD_E_IO, path, 0, "cannot map '%s': %s", path, strerror(errno));
        else
            *file = (isn_file){{p, (size_t)info.st_size}, true};
    }
    close(fd);
    return status;
}

void isn_file_close(isn_file *file)
{
    if (file->mapped)
        munmap((void *)(uintptr_t)file->bytes.p, file->bytes.n);
    else
        free((void *)(uintptr_t)file->bytes.p);
    *file = (isn_file){{NULL, 0}, false};
}

static isnad_status write_all(int fd, isn_str bytes, const char *path, isnad_error *err)
{
    while (bytes.n) {
        ssize_t put = write(fd, bytes.p, bytes.n);
        if (put < 0 && errno == EINTR)
            continue;
        if (put < 0)
            return isn_fail(err, ISNAD_E_IO, path, 0, "cannot write '%s': %s", path, strerror(errno));
        bytes.p += put;
        bytes.n -= (size_t)put;
    }
    return ISNAD_OK;
}

isnad_status isn_file_write(const char *path, isn_str bytes, isnad_error *err)
{
    char temporary[4096];
    int n = snprintf(temporary, sizeof temporary, "%s.%ld.new", path, (long)getpid());
    if (n < 0 || (size_t)n >= sizeof temporary)
        return isn_fail(err, ISNAD_E_ARGUMENT, path, 0, "the path is too long");
    int fd = open(temporary, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
    if (fd < 0)
        return isn_fail(err, ISNAD_E_IO, path, 0, "cannot create '%s': %s", temporary, strerror(errno));
    isnad_status status = write_all(fd, bytes, path, err);
    if (close(fd) != 0 && status == ISNAD_OK)
        status = isn_fail(err, ISNAD_E_IO, path, 0, "cannot write '%s': %s", path, strerror(errno));
    if (status == ISNAD_OK && rename(temporary, path) != 0)
        status = isn_fail(err, ISNAD_E_IO, path, 0, "cannot rename to '%s': %s", path, strerror(errno));
    if (status != ISNAD_OK)
        unlink(temporary);
    return status;
}
