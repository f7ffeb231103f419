// A channel's proxy: through what its link is to reach the network. It is kept for links that open
// connections of their own; the simulated network has none to open, so that there it is stored and
// shown and nothing else. Kept sealed, because of the password, beside the link's state, and gone
// with it when the channel is deleted. Part of core/channels/channels.h.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/fields.h"
#include "core/ids.h"
#include "core/link_state.h"
#include "core/secrets.h"

namespace parley::core {

inline constexpr std::string_view kProxySchemes[] = {"http", "https", "socks5"};

struct Proxy {
  std::string scheme;  // of kProxySchemes
  std::string host;    // a name or an address
  std::int64_t port = 0;
  std::optional<std::string> username, password;  // 255 bytes each, as RFC 1929 has it
  bool active = true;                             // switched off, it is kept for later

  static constexpr auto Fields() {
    using base::Optional;
    using base::Required;
    return base::FieldList(Required("scheme", &Proxy::scheme), Required("host", &Proxy::host),
                           Required("port", &Proxy::port), Optional("username", &Proxy::username),
                           Optional("password", &Proxy::password),
                           Optional("active", &Proxy::active));
  }
};

// The record of a channel's proxy, to be written with its link's state.
LinkWrite SealedProxy(Secrets& secrets, ChannelId channel, const Proxy& proxy);

// Whether `host` can be one: letters, digits, dots and dashes, or an IPv6 address.
bool IsHost(std::string_view host);

}  // namespace parley::core
