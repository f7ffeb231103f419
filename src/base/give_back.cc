#include "base/give_back.h"

#include <malloc.h>

// mimalloc's, which is there in release binaries only. It has a heap for each thread.
extern "C" void mi_collect(bool force) __attribute__((weak));

namespace parley::base {

void GiveBackMemory() {
  if (mi_collect != nullptr)
    mi_collect(true);
  else
    malloc_trim(0);
}

}  // namespace parley::base
