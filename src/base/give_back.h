// Memory that the allocator keeps for later.
#pragma once

namespace parley::base {

// Gives the system back what was freed on this thread. Takes up to a millisecond with a large heap:
// for when the work that needed it is over. Thread: any.
void GiveBackMemory();

}  // namespace parley::base
