#include "core/templates/templates.h"

#include "core/channels/ask.h"
#include "core/templates/use.h"

namespace parley::core {

base::Task<base::Result<std::vector<Template>>> Templates::List(ChannelPtr channel) {
  ListTemplates question;
  co_return co_await Ask(port_, channel->row, std::move(question));
}

base::Task<base::Result<Template>> Templates::Create(ChannelPtr channel, CreateTemplate wanted) {
  co_return co_await Ask(port_, channel->row, std::move(wanted));
}

base::Task<base::Result<void>> Templates::Remove(ChannelPtr channel, std::string name) {
  RemoveTemplate request;
  request.name = std::move(name);
  PARLEY_CO_CHECK(co_await Ask(port_, channel->row, std::move(request)));
  co_return base::Result<void>();
}

base::Task<base::Result<TemplateContent>> Templates::Use(ChannelPtr channel,
                                                         TemplateContent content) {
  PARLEY_CO_CHECK(CheckParameterDepth(content.components));
  const auto known = co_await List(channel);
  const bool unknown = !known && (known.error().code == base::ErrorCode::kChannelNotConnected ||
                                  known.error().code == base::ErrorCode::kTimeout);
  if (unknown) co_return std::move(content);
  if (!known) co_return known.error();
  PARLEY_CO_CHECK(UseTemplate(*known, content));
  co_return std::move(content);
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
