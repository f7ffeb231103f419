#include "sim/network/chats.h"

namespace parley::sim::network {

const ChatState* Chats::Find(PersonRow owner, std::string_view chat) const {
  const auto chats = chats_.find(owner);
  if (chats == chats_.end()) return nullptr;
  const auto found = chats->second.find(chat);
  return found == chats->second.end() ? nullptr : &found->second;
}

}  // namespace parley::sim::network
