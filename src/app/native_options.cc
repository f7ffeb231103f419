#include "app/native_options.h"

#include <algorithm>
#include <fstream>

#include "base/encoding.h"
#include "link/multidevice/factory.h"

namespace parley::app {
namespace {

std::optional<wire::crypto::PublicKey> KeyOf(std::string_view hex) {
  const auto bytes = base::FromHexText(hex);
  if (!bytes) return std::nullopt;
  const auto key = wire::crypto::PublicKey::FromBytes(*bytes);
  return key ? std::optional(*key) : std::nullopt;
}

base::Result<wire::crypto::PublicKey> RootKeyOf(const Options& options) {
  if (options.multidevice_root.empty()) return *KeyOf(link::multidevice::kPublicRoot);
  if (const auto key = KeyOf(options.multidevice_root)) return *key;
  std::ifstream file(options.multidevice_root);
  std::string text;
  if (file >> text)
    if (const auto key = KeyOf(text)) return *key;
  return base::Error(base::ErrorCode::kUnavailable,
                     "--multidevice-root " + options.multidevice_root +
                         " is neither 64 hex digits nor a file with them. Leave it out for the "
                         "public network");
}

}  // namespace

core::LinkKind NewChannelsOf(const Options& options, bool has_simulated_network) {
  if (options.new_channels == "simulated") return core::LinkKind::kSimulated;
  if (options.new_channels == "multidevice") return core::LinkKind::kMultiDevice;
  return has_simulated_network ? core::LinkKind::kSimulated : core::LinkKind::kMultiDevice;
}

link::multidevice::ClientInfo ClientOf(const Options& options) {
  link::multidevice::ClientInfo client;
  if (const auto version = link::multidevice::ParseVersion(options.multidevice_version))
    client.version = *version;
  if (const auto* browser = link::multidevice::FindBrowser(options.multidevice_browser))
    client.browser = *browser;
  client.os = options.multidevice_os;
  return client;
}

bool IsNativeInDemo(const Options& options) {
  return options.demo && options.multidevice_root.empty() &&
         options.multidevice_url == Options().multidevice_url;
}

link::cloud::GraphOptions GraphOf(const Options& options, const Simulation* own) {
  link::cloud::GraphOptions graph;
  graph.url = options.cloud_url;
  graph.version = options.cloud_version;
  if (own != nullptr && options.demo && options.cloud_url == Options().cloud_url)
    graph.url = own->graph_url();
  return graph;
}

base::Result<link::multidevice::NetworkOptions> NativeNetworkOf(const Options& options,
                                                                const Simulation* own) {
  link::multidevice::NetworkOptions network;
  network.connecting_at_once = static_cast<std::size_t>(options.multidevice_at_once);
  network.start_spacing = DurationOf(options.multidevice_spacing);
  network.first_keys = static_cast<std::uint32_t>(options.multidevice_first_keys);
  if (own != nullptr && IsNativeInDemo(options)) {
    network.url = own->wire_url();
    network.root = own->root_key();
    return network;
  }
  network.url = options.multidevice_url;
  PARLEY_TRY(root, RootKeyOf(options));
  network.root = root;
  return network;
}

}  // namespace parley::app
