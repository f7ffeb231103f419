#include "api/onemsg/sending.h"

#include <algorithm>

#include "core/messages/messages.h"

namespace parley::api::onemsg {
namespace {

bool IsDigit(char c) { return c >= '0' && c <= '9'; }
bool IsWordCharacter(char c) {
  return IsDigit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || c == '.';
}

// The core's names of fields in 1MSG's words.
constexpr std::pair<std::string_view, std::string_view> kNames[] = {{"quoted", "quotedMsgId"},
                                                                    {"target", "quotedMsgId"}};

}  // namespace

bool IsWord(std::string_view text, std::string_view word) {
  const auto is_letter = [](char one, char other) {
    return (one >= 'A' && one <= 'Z' ? static_cast<char>(one - 'A' + 'a') : one) == other;
  };
  return std::equal(text.begin(), text.end(), word.begin(), word.end(), is_letter);
}

// `file` outlives the call: it is a literal.
HandlerResult Send(Call& call, core::SendCommand command, std::string_view file) {
  command.channel = call.channel->row;
  auto queued = co_await call.core.messages.Send(call.channel, std::move(command));
  if (!queued) {
    base::Error error = base::RenameFault(queued.error(), "url", file);
    for (const auto& [ours, theirs] : kNames)
      error = base::RenameFault(std::move(error), ours, theirs);
    co_return error;
  }
  SendReply reply;
  reply.id = Spell(queued->id);
  reply.message = "Sent to " + ChatId(queued->to);
  co_return http::Response::Json(200, base::EncodeText(reply));
}

Mentions MentionsIn(std::string_view text, const Mentions& listed) {
  std::vector<std::string> mentions;
  const auto add = [&mentions](std::string number) {
    if (std::find(mentions.begin(), mentions.end(), number) == mentions.end())
      mentions.push_back(std::move(number));
  };
  for (std::size_t at = text.find('@'); at != std::string_view::npos; at = text.find('@', at + 1)) {
    if (at > 0 && IsWordCharacter(text[at - 1])) continue;  // an e-mail address
    std::size_t end = at + 1;
    while (end < text.size() && IsDigit(text[end])) ++end;
    if (const auto phone = core::ParsePhone(text.substr(at + 1, end - at - 1))) add(phone->value);
  }
  if (listed)
    for (const std::string& number : *listed)
      if (const auto phone = core::ParsePhone(number)) add(phone->value);
  if (mentions.empty()) return std::nullopt;
  return mentions;
}

}  // namespace parley::api::onemsg
