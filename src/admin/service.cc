#include "admin/service.h"

#include "http/url.h"

namespace parley::admin {
namespace {

// As a browser writes it in Origin.
std::string OriginAuthority(const std::string& url) {
  const auto parsed = http::ParseUrl(url);
  return parsed ? parsed->authority : "";
}

}  // namespace

Context::Context(core::Services& core, Node& node, const AdminOptions& options)
    : core(core),
      node(node),
      events(core.store, core.event_bell),
      probe(core.store),
      channel_counts(core.channels, core.store),
      admin_tokens(core.store),
      samples(core.scheduler, core.event_bell, node),
      activity(core.scheduler, options.is_demo),
      sessions(options.session_key),
      own_authority(OriginAuthority(options.public_url)),
      cookie_is_secure(options.public_url.starts_with("https://")),
      simulated_network(options.simulated_network),
      is_demo(options.is_demo),
      shown_options(options.shown_options) {}

}  // namespace parley::admin
