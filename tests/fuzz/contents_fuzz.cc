// Any JSON is refused as a content, or it is written and read again as the same; on the simulated
// network, in the core, and from one to the other. What is said about it is made without harm.
#include <cstdint>
#include <cstdlib>
#include <string>

#include "api/onemsg/sending.h"
#include "base/json.h"
#include "core/messages/vcard.h"
#include "link/simulated/translate.h"

using namespace parley;
namespace net = sim::network;

namespace {

template <class Content>
std::string Written(const Content& content) {
  std::string text;
  AppendJsonForm(text, content);
  return text;
}

template <class Content>
Content ReadAgain(const std::string& text) {
  Content content;
  const auto value = base::ParseJson(text);
  if (!value || !ReadJsonForm(*value, content)) std::abort();
  return content;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto value = base::ParseJson({reinterpret_cast<const char*>(data), size});
  if (!value) return 0;
  if (net::Content content; net::ReadJsonForm(*value, content)) {
    const std::string text = Written(content);
    if (Written(ReadAgain<net::Content>(text)) != text) std::abort();
    (void)net::TextOf(content);
    (void)net::ChoiceOf(content, "1");
    if (net::Check(content) && net::MediaOf(content) == nullptr &&
        !link::simulated::ContentOf(content, nullptr))
      std::abort();
  }
  if (core::Content content; core::ReadJsonForm(*value, content)) {
    (void)link::simulated::ContentOf(content, "target");
    (void)api::onemsg::MentionsIn(core::TextOf(content), std::nullopt);
    if (const auto* contacts = std::get_if<core::ContactsContent>(&content))
      for (const core::ContactCard& card : contacts->cards)
        if (!core::VCardOf(card).ends_with("\nEND:VCARD")) std::abort();
  }
  return 0;
}
