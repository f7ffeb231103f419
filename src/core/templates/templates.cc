#include "core/templates/templates.h"

#include "core/channels/ask.h"
#include "core/templates/use.h"

namespace parley::core {
namespace {

bool IsMeant(const Template& subject, const TemplateContent& content) {
  return subject.name == content.name && subject.language == content.language &&
         (content.space.empty() || subject.namespace_id == content.space);
}

}  // namespace

base::Task<base::Result<std::vector<Template>>> Templates::List(ChannelPtr channel) {
  ListTemplates question;
  co_return co_await Ask(port_, channel->row, std::move(question));
}

base::Task<base::Result<Template>> Templates::Create(ChannelPtr channel, CreateTemplate wanted) {
  co_return co_await Ask(port_, channel->row, std::move(wanted));
}

base::Task<base::Result<void>> Templates::Remove(ChannelPtr channel, std::string name) {
  RemoveTemplate request;
  request.name = name;
  PARLEY_CO_CHECK(co_await Ask(port_, channel->row, std::move(request)));
  kept_.remove_if(
      [&](const Kept& kept) { return kept.channel == channel->row && kept.subject.name == name; });
  co_return base::Result<void>();
}

base::Task<base::Result<TemplateContent>> Templates::Use(ChannelPtr channel,
                                                         TemplateContent content) {
  PARLEY_CO_CHECK(CheckParameterDepth(content.components));
  const auto known = co_await List(channel);
  const bool unknown = !known && (known.error().code == base::ErrorCode::kChannelNotConnected ||
                                  known.error().code == base::ErrorCode::kTimeout);
  if (unknown) {
    const std::vector<Template> kept = KeptFor(channel->row, content);
    if (!kept.empty()) {
      PARLEY_CO_CHECK(UseTemplate(kept, content));
    }
    co_return std::move(content);
  }
  if (!known) co_return known.error();
  Keep(channel->row, *known, content);
  PARLEY_CO_CHECK(UseTemplate(*known, content));
  co_return std::move(content);
}

void Templates::Keep(ChannelRow channel, const std::vector<Template>& known,
                     const TemplateContent& content) {
  kept_.remove_if(
      [&](const Kept& kept) { return kept.channel == channel && IsMeant(kept.subject, content); });
  for (const Template& subject : known)
    if (IsMeant(subject, content) && subject.status == TemplateStatus::kApproved)
      kept_.push_front({channel, subject});
  if (kept_.size() > kMaxKeptTemplates) kept_.resize(kMaxKeptTemplates);
}

std::vector<Template> Templates::KeptFor(ChannelRow channel, const TemplateContent& content) const {
  std::vector<Template> found;
  for (const Kept& kept : kept_)
    if (kept.channel == channel && IsMeant(kept.subject, content)) found.push_back(kept.subject);
  return found;
}

base::Task<base::Result<CommerceSettings>> Templates::Commerce(ChannelPtr channel) {
  GetCommerce question;
  co_return co_await Ask(port_, channel->row, std::move(question));
}

base::Task<base::Result<void>> Templates::SetCommerce(ChannelPtr channel,
                                                      core::SetCommerce wanted) {
  PARLEY_CO_CHECK(co_await Ask(port_, channel->row, std::move(wanted)));
  co_return base::Result<void>();
}

}  // namespace parley::core
