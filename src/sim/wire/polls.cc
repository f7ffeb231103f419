#include "sim/wire/polls.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstring>

#include "base/digest.h"
#include "proto/message.pb.h"
#include "wire/crypto/aes.h"
#include "wire/crypto/derive.h"

namespace parley::sim::wire {
namespace {

constexpr std::size_t kSecret = 32, kVoteIv = 12;

std::string NameOf(std::string_view from, std::string_view id) {
  return fmt::format("poll/{}/{}", from, id);
}

std::optional<std::string> SecretOf(const Parts& parts, std::string_view from,
                                    std::string_view id) {
  const std::string* kept = parts.keep.Find(NameOf(from, id));
  if (kept == nullptr || kept->size() != kSecret) return std::nullopt;
  return *kept;
}

// Both in one form, by number or by LID: which of them the voter took nobody tells.
struct Voting {
  std::string_view id;
  std::string creator, voter;
};
crypto::AesKey KeyOf(std::string_view secret, const Voting& voting) {
  return crypto::Hkdf<32>(secret, "",
                          fmt::format("{}{}{}Poll Vote", voting.id, voting.creator, voting.voter));
}
std::string AssociatedOf(const Voting& voting) {
  return std::string(voting.id) + '\0' + voting.voter;
}

std::string HashOf(std::string_view option) {
  return std::string(base::AsText(base::Sha256(option)));
}

const proto::PollCreationMessage* PollIn(const proto::Message& message) {
  if (message.has_poll_creation_message()) return &message.poll_creation_message();
  if (message.has_poll_creation_message_v2()) return &message.poll_creation_message_v2();
  if (message.has_poll_creation_message_v3()) return &message.poll_creation_message_v3();
  if (message.has_poll_creation_message_v5()) return &message.poll_creation_message_v5();
  return nullptr;
}

// The poll meant, if `number` has it.
std::optional<net::Message> FindPoll(const Parts& parts, std::string_view number,
                                     std::string_view id) {
  const auto found = parts.network.FindOwnMessage(number, id);
  if (!found || !std::holds_alternative<net::PollContent>(found->message.content))
    return std::nullopt;
  return found->message;
}

}  // namespace

void WritePoll(Parts& parts, const net::Message& message, const net::PollContent& poll,
               proto::Message& out) {
  proto::PollCreationMessage& to = *out.mutable_poll_creation_message_v3();
  to.set_name(poll.question);
  for (const std::string& option : poll.options) to.add_options()->set_option_name(option);
  to.set_selectable_options_count(poll.multiple ? 0 : 1);
  auto secret = SecretOf(parts, message.from, message.id);
  if (!secret) {
    secret.emplace(kSecret, '\0');
    parts.random.Fill({reinterpret_cast<std::uint8_t*>(secret->data()), kSecret});
    parts.keep.Set(NameOf(message.from, message.id), *secret);
  }
  out.mutable_message_context_info()->set_message_secret(*secret);
}

bool WriteVote(Parts& parts, const net::Message& message, const net::VoteContent& vote,
               proto::Message& out) {
  const auto poll = FindPoll(parts, message.from, vote.target);
  const auto secret = poll ? SecretOf(parts, poll->from, poll->id) : std::nullopt;
  if (!secret) return false;
  proto::PollVoteMessage chosen;
  for (const std::string& option : vote.options) chosen.add_selected_options(HashOf(option));
  const Voting voting{vote.target, parts.addresses.ByNumber(poll->from).Text(),
                      parts.addresses.ByNumber(message.from).Text()};
  crypto::GcmNonce iv{};
  parts.random.Fill(iv);
  proto::PollUpdateMessage& update = *out.mutable_poll_update_message();
  proto::MessageKey& key = *update.mutable_poll_creation_message_key();
  key.set_remote_jid(parts.addresses.ByNumber(message.to).Text());
  key.set_from_me(poll->from == message.from);
  key.set_id(vote.target);
  update.mutable_vote()->set_enc_payload(crypto::GcmSeal(
      KeyOf(*secret, voting), iv, AssociatedOf(voting), chosen.SerializeAsString()));
  update.mutable_vote()->set_enc_iv(
      std::string(reinterpret_cast<const char*>(iv.data()), iv.size()));
  update.set_sender_timestamp_ms(base::ToUnixMs(message.at));
  return true;
}

std::optional<Understood> ReadPoll(const proto::Message& message) {
  const proto::PollCreationMessage* poll = PollIn(message);
  if (poll == nullptr) return std::nullopt;
  net::PollContent read;
  read.question = poll->name();
  for (const auto& option : poll->options()) read.options.push_back(option.option_name());
  read.multiple = poll->selectable_options_count() != 1;
  return Understood{std::move(read), poll->context_info().stanza_id()};
}

std::optional<Understood> ReadVote(Parts& parts, std::string_view from, std::string_view to,
                                   const proto::PollUpdateMessage& update) {
  const std::string& id = update.poll_creation_message_key().id();
  auto poll = FindPoll(parts, from, id);
  if (!poll) poll = FindPoll(parts, to, id);
  const auto secret = poll ? SecretOf(parts, poll->from, id) : std::nullopt;
  if (!secret || update.vote().enc_iv().size() != kVoteIv) return std::nullopt;
  crypto::GcmNonce iv{};
  std::memcpy(iv.data(), update.vote().enc_iv().data(), iv.size());
  const Addresses& addresses = parts.addresses;
  for (const bool creator_by_lid : {false, true}) {
    for (const bool voter_by_lid : {false, true}) {
      const auto text = [&](std::string_view number, bool by_lid) {
        return (by_lid ? addresses.ByLid(number) : addresses.ByNumber(number)).Text();
      };
      const Voting voting{id, text(poll->from, creator_by_lid), text(from, voter_by_lid)};
      const auto plain = crypto::GcmOpen(KeyOf(*secret, voting), iv, AssociatedOf(voting),
                                         update.vote().enc_payload());
      proto::PollVoteMessage vote;
      if (!plain || !vote.ParseFromString(*plain)) continue;
      net::VoteContent read;
      read.target = id;
      const auto& content = std::get<net::PollContent>(poll->content);
      for (const std::string& option : content.options)
        if (std::find(vote.selected_options().begin(), vote.selected_options().end(),
                      HashOf(option)) != vote.selected_options().end())
          read.options.push_back(option);
      return Understood{std::move(read), ""};
    }
  }
  return std::nullopt;
}

void RememberPoll(Parts& parts, std::string_view from, std::string_view id,
                  const proto::Message& wrapped) {
  const proto::Message& message = Unwrapped(wrapped);
  if (PollIn(message) == nullptr) return;
  // Beside the poll, or beside what it was wrapped in for one's own devices.
  const std::string& inner = message.message_context_info().message_secret();
  const std::string& secret =
      inner.empty() ? wrapped.message_context_info().message_secret() : inner;
  if (secret.size() == kSecret) parts.keep.Set(NameOf(from, id), secret);
}

}  // namespace parley::sim::wire
