/* Preloaded into a process: kills it, or fails, at its n-th write to a disk. Asleep until fault_arm is called.
   Counted are the calls by which SQLite changes files: pwrite, ftruncate, fsync, fdatasync, unlink. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <signal.h>
#include <sys/types.h>
#include <unistd.h>

enum { ASLEEP, KILL, TORN, FAIL };
static int mode = ASLEEP, left = 0, error = 0;

void fault_arm(int how, int nth, int code) { mode = how; left = nth; error = code; }
int fault_left(void) { return left; }

/* Whether this call is the one; the process does not come back from a kill. */
static int strikes(void) {
    if (mode == ASLEEP || --left != 0) return 0;
    if (mode == KILL) raise(SIGKILL);
    return 1;
}

#define REAL(type, name) type real = (type)dlsym(RTLD_NEXT, name)
typedef ssize_t (*pwrite_t)(int, const void *, size_t, off_t);
typedef int (*resize_t)(int, off_t);
typedef int (*sync_t)(int);
typedef int (*unlink_t)(const char *);

static ssize_t write_at(pwrite_t real, int fd, const void *bytes, size_t size, off_t at) {
    if (strikes()) {
        if (mode == TORN) { real(fd, bytes, size / 2, at); raise(SIGKILL); }
        errno = error; return -1;
    }
    return real(fd, bytes, size, at);
}

ssize_t pwrite(int fd, const void *b, size_t n, off_t at) { REAL(pwrite_t, "pwrite"); return write_at(real, fd, b, n, at); }
ssize_t pwrite64(int fd, const void *b, size_t n, off_t at) { REAL(pwrite_t, "pwrite64"); return write_at(real, fd, b, n, at); }

#define GUARD if (strikes()) { if (mode == TORN) raise(SIGKILL); errno = error; return -1; }
int ftruncate(int fd, off_t size) { REAL(resize_t, "ftruncate"); GUARD return real(fd, size); }
int ftruncate64(int fd, off_t size) { REAL(resize_t, "ftruncate64"); GUARD return real(fd, size); }
int fsync(int fd) { REAL(sync_t, "fsync"); GUARD return real(fd); }
int fdatasync(int fd) { REAL(sync_t, "fdatasync"); GUARD return real(fd); }
int unlink(const char *path) { REAL(unlink_t, "unlink"); GUARD return real(path); }
