// Any bytes as the body of a webhook of Meta's, and as an answer to a request: what the core gets
// of it is well-formed text within its bounds, and whatever is read as a message is one again.
#include <cstdint>
#include <cstdlib>
#include <string>

#include "base/encoding.h"
#include "link/cloud/format/content_out.h"
#include "link/cloud/format/errors.h"
#include "link/cloud/format/notices_in.h"
#include "link/cloud/format/number.h"
#include "link/cloud/format/profile.h"
#include "link/cloud/format/templates.h"
#include "link/cloud/format/webhook_in.h"

using namespace parley;
using namespace parley::link::cloud::format;

namespace {

void Check(bool holds) {
  if (!holds) std::abort();
}

void CheckMessage(const Incoming& incoming) {
  const core::IncomingMessage& message = incoming.message;
  Check(message.link_id.size() <= 200 && base::IsUtf8(message.link_id));
  Check(message.quoted_link_id.size() <= 200 && message.target_link_id.size() <= 200);
  Check(base::IsUtf8(message.from.push_name) && incoming.unread.size() <= 128);
  if (!incoming.unread.empty()) return;
  std::string json;
  core::AppendJsonForm(json, message.content);
  Check(base::IsUtf8(json) && json.find('\0') == std::string::npos);
  Check(core::TextOf(message.content).size() <= 64 << 10);
  core::Content back;
  const auto parsed = base::ParseJson(json);
  Check(parsed.has_value() && core::ReadJsonForm(*parsed, back));
  Check(core::KindOf(back) == core::KindOf(message.content));
}

void ReadAsWebhook(const base::json::value& body) {
  const auto changes = ReadChanges(body);
  if (!changes) return;
  Check(changes->changes.size() <= kMaxChanges);
  for (const Change& change : changes->changes) {
    if (!IsAboutMessages(change)) {
      if (const auto notice = ReadNotice(change)) Check(base::IsUtf8(notice->text));
      continue;
    }
    const MessageNews news = ReadMessages(change);
    Check(news.messages.size() <= 2 * kMaxOfChange && news.statuses.size() <= kMaxOfChange);
    for (const Incoming& incoming : news.messages) CheckMessage(incoming);
    for (const StatusNews& status : news.statuses) {
      Check(status.receipt.link_id.size() <= 200);
      if (status.receipt.failure) Check(base::IsUtf8(status.receipt.failure->text));
    }
    for (const base::Error& fault : news.faults) Check(!fault.faults.empty());
  }
}

void ReadAsAnswer(const base::json::object& body) {
  const GraphError error = ReadGraphError(400, body);
  Check(base::IsUtf8(error.Text()) && error.Text().size() <= 1000);
  (void)RefusalOf(error);
  (void)ReadSentAnswer(body);
  if (const auto page = ReadTemplatePage(body))
    Check(page->templates.size() <= kMaxTemplatesOfPage);
  (void)ReadNumberPage(body);
  (void)ReadBlockedPage(body);
  (void)ReadBlockAnswer(body);
  (void)ReadFileNode(body);
  (void)ReadProfile(body);
  (void)ReadCommerce(body);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string bytes(reinterpret_cast<const char*>(data), size);
  const auto body = base::ParseJson(bytes);
  if (!body) return 0;
  ReadAsWebhook(*body);
  if (const base::json::object* object = body->if_object()) ReadAsAnswer(*object);
  return 0;
}
