// One packet with the descriptors that go with it (protocol.h).
#pragma once

#include <array>
#include <optional>
#include <string>
#include <string_view>

#include "media/worker/descriptor.h"

namespace parley::media::worker {

// What a request is about.
struct JobFiles {
  Descriptor input, output, answer;
};

struct Packet {
  std::string bytes;
  JobFiles files;
};

// False when the other side is gone.
bool Send(int socket, std::string_view bytes, const JobFiles& files);
// Waits for the next. None when the other side is gone or sent something else.
std::optional<Packet> Receive(int socket);

}  // namespace parley::media::worker
