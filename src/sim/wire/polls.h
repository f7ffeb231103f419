// Polls: a vote is sealed with a secret that the poll brought along. The phones know the secrets of
// all polls that they have seen, so that the network can count votes of both kinds of devices.
#pragma once

#include <optional>
#include <string_view>

#include "sim/wire/contents.h"

namespace parley::proto {
class PollUpdateMessage;
}

namespace parley::sim::wire {

// With a secret, the same each time for the same message.
void WritePoll(Parts& parts, const net::Message& message, const net::PollContent& poll,
               proto::Message& out);
// False when the poll is not known.
bool WriteVote(Parts& parts, const net::Message& message, const net::VoteContent& vote,
               proto::Message& out);

// Any of the forms that a poll has had; nullopt for a message that is none.
std::optional<Understood> ReadPoll(const proto::Message& message);
std::optional<Understood> ReadVote(Parts& parts, std::string_view from, std::string_view to,
                                   const proto::PollUpdateMessage& update);
// The phone has seen this message: keeps its secret when it is a poll.
void RememberPoll(Parts& parts, std::string_view from, std::string_view id,
                  const proto::Message& message);

}  // namespace parley::sim::wire
