// Linked into the native executable; runs before .NET does.
//
// The runtime keeps its type tables packed in the file and unpacks all of them, some nine megabytes, into zeroed memory before the
// first line of C# runs. Touched page by page that is more than two thousand page faults, a third of the time to the first page.
// Asked for at once, in huge pages where the kernel has them, it is a handful. What is asked for is written by the runtime anyway,
// so no memory is taken that would not be. A kernel that knows neither request refuses it, and everything is as it was.
#define _GNU_SOURCE
#include <link.h>
#include <malloc.h>
#include <stdint.h>
#include <sys/mman.h>
#include <unistd.h>

#ifndef MADV_POPULATE_WRITE
#define MADV_POPULATE_WRITE 23 // Linux 5.14
#endif

// The program's own segments come first; its zeroed memory is the end of the writable one that is not in the file.
static int ask_for_zeroed_memory(struct dl_phdr_info *program, size_t size, void *unused)
{
    (void)size, (void)unused;
    const uintptr_t page = (uintptr_t)sysconf(_SC_PAGESIZE);
    for (int i = 0; i < program->dlpi_phnum; i++) {
        const ElfW(Phdr) *segment = &program->dlpi_phdr[i];
        if (segment->p_type != PT_LOAD || !(segment->p_flags & PF_W))
            continue;
        uintptr_t start = program->dlpi_addr + segment->p_vaddr;
        uintptr_t first = (start + segment->p_filesz + page - 1) & ~(page - 1);
        uintptr_t end = (start + segment->p_memsz) & ~(page - 1);
        if (first >= end)
            continue;
        madvise((void *)first, end - first, MADV_HUGEPAGE);
        madvise((void *)first, end - first, MADV_POPULATE_WRITE);
    }
    return 1;
}

// SQLite's memory is asked for on whichever thread goes on with the work. An arena a thread (eight a processor by default) keeps what was
// once asked for there, tens of megabytes in a long crawl; there are not so many threads at once that two are too few.
__attribute__((constructor)) static void before_the_runtime(void)
{
    mallopt(M_ARENA_MAX, 2);
    dl_iterate_phdr(ask_for_zeroed_memory, 0);
}
