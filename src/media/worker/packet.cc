#include "media/worker/packet.h"

#include <sys/socket.h>

#include <cerrno>
#include <cstring>

#include "media/worker/protocol.h"

namespace parley::media::worker {
namespace {

constexpr std::size_t kFiles = 3;

union Control {
  cmsghdr aligned;
  char bytes[CMSG_SPACE(kFiles * sizeof(int))];
};

}  // namespace

bool Send(int socket, std::string_view bytes, const JobFiles& files) {
  const int fds[kFiles] = {files.input.get(), files.output.get(), files.answer.get()};
  Control control{};
  iovec data{const_cast<char*>(bytes.data()), bytes.size()};
  msghdr message{};
  message.msg_iov = &data;
  message.msg_iovlen = 1;
  message.msg_control = control.bytes;
  message.msg_controllen = sizeof(control.bytes);
  cmsghdr* header = CMSG_FIRSTHDR(&message);
  header->cmsg_level = SOL_SOCKET;
  header->cmsg_type = SCM_RIGHTS;
  header->cmsg_len = CMSG_LEN(sizeof(fds));
  std::memcpy(CMSG_DATA(header), fds, sizeof(fds));
  ssize_t sent = 0;
  do {
    sent = ::sendmsg(socket, &message, MSG_NOSIGNAL);
  } while (sent < 0 && errno == EINTR);
  return sent == static_cast<ssize_t>(bytes.size());
}

std::optional<Packet> Receive(int socket) {
  Packet packet;
  packet.bytes.resize(kMaxRequest);
  Control control{};
  iovec data{packet.bytes.data(), packet.bytes.size()};
  msghdr message{};
  message.msg_iov = &data;
  message.msg_iovlen = 1;
  message.msg_control = control.bytes;
  message.msg_controllen = sizeof(control.bytes);
  ssize_t received = 0;
  do {
    received = ::recvmsg(socket, &message, MSG_CMSG_CLOEXEC);
  } while (received < 0 && errno == EINTR);
  if (received <= 0) return std::nullopt;
  packet.bytes.resize(static_cast<std::size_t>(received));
  const cmsghdr* header = CMSG_FIRSTHDR(&message);
  if (header == nullptr || header->cmsg_type != SCM_RIGHTS ||
      header->cmsg_len != CMSG_LEN(kFiles * sizeof(int)) ||
      (message.msg_flags & (MSG_TRUNC | MSG_CTRUNC)) != 0)
    return std::nullopt;
  int fds[kFiles];
  std::memcpy(fds, CMSG_DATA(header), sizeof(fds));
  packet.files.input = Descriptor(fds[0]);
  packet.files.output = Descriptor(fds[1]);
  packet.files.answer = Descriptor(fds[2]);
  return packet;
}

}  // namespace parley::media::worker
