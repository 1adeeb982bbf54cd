/* Preloaded into the command by test_reliability.py: a system whose file locks fail, as they do on some network file
   systems (NO_LOCKS), and whose clock is off by so many seconds (CLOCK_OFFSET). */

#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdlib.h>
#include <sys/file.h>
#include <time.h>

static int is_lock(int command) {
    return command == F_GETLK || command == F_SETLK || command == F_SETLKW || command == F_OFD_GETLK ||
           command == F_OFD_SETLK || command == F_OFD_SETLKW;
}

static int unless_lock(const char *name, int file, int command, void *argument) {
    if (getenv("NO_LOCKS") && is_lock(command)) {
        errno = ENOLCK;
        return -1;
    }
    int (*real)(int, int, ...) = dlsym(RTLD_NEXT, name);
    return real(file, command, argument);
}

int fcntl(int file, int command, ...) {
    va_list rest;
    va_start(rest, command);
    void *argument = va_arg(rest, void *);
    va_end(rest);
    return unless_lock("fcntl", file, command, argument);
}

int fcntl64(int file, int command, ...) {
    va_list rest;
    va_start(rest, command);
    void *argument = va_arg(rest, void *);
    va_end(rest);
    return unless_lock("fcntl64", file, command, argument);
}

int flock(int file, int operation) {
    int (*real)(int, int) = dlsym(RTLD_NEXT, "flock");
    if (getenv("NO_LOCKS")) {
        errno = ENOLCK;
        return -1;
    }
    return real(file, operation);
}

int clock_gettime(clockid_t clock, struct timespec *now) {
    int (*real)(clockid_t, struct timespec *) = dlsym(RTLD_NEXT, "clock_gettime");
    int result = real(clock, now);
    const char *offset = getenv("CLOCK_OFFSET");
    if (offset && clock == CLOCK_REALTIME)
        now->tv_sec += atoll(offset);
    return result;
}
