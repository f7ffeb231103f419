#include "app/options.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

#include "http/address_guard.h"
#include "http/url.h"

namespace parley::app {
namespace {

using O = Options;

constexpr OptionRow kRows[] = {
    {"data", &O::data, OptionKind::kPath, "Folder for the database, media, keys and demo.json"},
    {"listen", &O::listen, OptionKind::kAddress,
     "Address and port of the APIs; port 0 picks a free one"},
    {"public-url", &O::public_url, OptionKind::kUrl,
     "How the outside reaches this gateway, for media links; default http://<listen>"},
    {"demo", &O::demo, OptionKind::kFlag,
     "Simulated network and demo accounts in a fresh data folder; writes demo.json"},
    {"config", &O::config, OptionKind::kPath, "Configuration file, lines of `name = value`"},
    {"simulated-network", &O::simulated_network, OptionKind::kFlag,
     "Run the simulated WhatsApp network; --demo implies it"},
    {"sim-listen", &O::sim_listen, OptionKind::kAddress,
     "Address and port of the simulated network's control API; auto = the port after --listen"},
    {"sim-ack-delay", &O::sim_ack_delay, OptionKind::kDuration,
     "Simulated network: from a send to its acknowledgement"},
    {"sim-delivery-delay", &O::sim_delivery_delay, OptionKind::kDuration,
     "Simulated network: from acceptance to arrival"},
    {"sim-receipt-delay", &O::sim_receipt_delay, OptionKind::kDuration,
     "Simulated network: from arrival to the receipt"},
    {"sim-jitter", &O::sim_jitter, OptionKind::kDuration,
     "Simulated network: added at random to each delay"},
    {"allow-networks", &O::allow_networks, OptionKind::kList,
     "Networks that webhooks and media URLs may reach although they are not public, as CIDR; "
     "--demo adds 127.0.0.0/8"},
    {"ca-files", &O::ca_files, OptionKind::kList,
     "Files with certificates that are trusted beside the system's, for outgoing TLS"},
    {"key-file", &O::key_file, OptionKind::kPath,
     "File with the 32-byte key that seals secrets, as 64 hex digits; default <data>/key, made at "
     "the first start"},
    {"webhook-disable-after", &O::webhook_disable_after, OptionKind::kDuration,
     "A webhook that has failed for so long is switched off"},
    {"keep-events", &O::keep_events, OptionKind::kDuration,
     "How long events and settled deliveries are kept; 0 = for ever"},
    {"keep-messages", &O::keep_messages, OptionKind::kDuration,
     "How long messages are kept; 0 = for ever"},
    {"keep-media", &O::keep_media, OptionKind::kDuration,
     "How long media is kept; 0 = for ever"},
    {"max-connections", &O::max_connections, OptionKind::kNumber, "Open HTTP connections"},
    {"max-body-memory-mb", &O::max_body_memory_mb, OptionKind::kNumber,
     "Memory for large request bodies, together; more is answered 503"},
    {"write-queue", &O::write_queue, OptionKind::kNumber,
     "Requests that may wait for the store; more is answered 503"},
    {"stop-timeout", &O::stop_timeout, OptionKind::kDuration,
     "How long requests and deliveries may take to finish at SIGTERM"},
    {"log-level", &O::log_level, OptionKind::kText, "debug, info, warning, error or off"},
    {"log-format", &O::log_format, OptionKind::kText, "text or json"},
    {"crash-at", &O::crash_at, OptionKind::kText, "Kill this process at a named point", true},
};

bool IsOneOf(std::string_view value, std::initializer_list<std::string_view> choices) {
  return std::find(choices.begin(), choices.end(), value) != choices.end();
}

void CheckRow(const OptionRow& row, const Options& options, std::vector<std::string>& faults) {
  const auto* text = std::get_if<std::string Options::*>(&row.member);
  const std::string value = text != nullptr ? options.*(*text) : "";
  const auto fault = [&](std::string_view demand) {
    faults.push_back(fmt::format("--{} is '{}': {}", row.name, value, demand));
  };
  switch (row.kind) {
    case OptionKind::kAddress:
      if (value != "auto" && !ParseListen(value))
        fault("give an address and a port, as in 127.0.0.1:8080 or [::1]:8080");
      break;
    case OptionKind::kUrl:
      if (!value.empty() && !http::ParseUrl(value)) fault("give an http or https URL");
      break;
    case OptionKind::kDuration:
      if (!base::ParseDuration(value)) fault("give a time as in 500ms, 30s, 5m, 2h or 7d");
      break;
    case OptionKind::kNumber:
      if (options.*std::get<std::int64_t Options::*>(row.member) < 1)
        faults.push_back(fmt::format("--{} must be at least 1", row.name));
      break;
    case OptionKind::kText:
    case OptionKind::kPath:
    case OptionKind::kFlag:
    case OptionKind::kList:
      break;
  }
}

}  // namespace

std::span<const OptionRow> OptionRows() { return kRows; }

std::string EnvironmentName(const OptionRow& row) {
  std::string name = "PARLEY_" + std::string(row.name);
  for (char& c : name) c = c == '-' ? '_' : (c >= 'a' && c <= 'z') ? static_cast<char>(c - 32) : c;
  return name;
}

std::vector<std::string> CheckOptions(const Options& options) {
  std::vector<std::string> faults;
  for (const OptionRow& row : kRows) CheckRow(row, options, faults);
  for (const std::string& network : options.allow_networks)
    if (auto parsed = http::Network::Parse(network); !parsed)
      faults.push_back(fmt::format("--allow-networks has '{}': give networks as in 10.0.0.0/8",
                                   network));
  if (options.listen == "auto") faults.push_back("--listen must name an address and a port");
  if (!IsOneOf(options.log_level, {"debug", "info", "warning", "error", "off"}))
    faults.push_back(fmt::format("--log-level is '{}': choose debug, info, warning, error or off",
                                 options.log_level));
  if (!IsOneOf(options.log_format, {"text", "json"}))
    faults.push_back(fmt::format("--log-format is '{}': choose text or json", options.log_format));
  return faults;
}

base::Duration DurationOf(const std::string& text) {
  return base::ParseDuration(text).value_or(base::Duration(0));
}

std::optional<ListenAddress> ParseListen(std::string_view text) {
  const std::size_t colon = text.rfind(':');
  if (colon == std::string_view::npos || colon == 0) return std::nullopt;
  const std::string_view port = text.substr(colon + 1);
  ListenAddress address;
  const auto [end, error] = std::from_chars(port.data(), port.data() + port.size(), address.port);
  if (error != std::errc() || end != port.data() + port.size()) return std::nullopt;
  std::string_view host = text.substr(0, colon);
  if (host.starts_with('[') && host.ends_with(']')) host = host.substr(1, host.size() - 2);
  if (host.empty()) return std::nullopt;
  address.host = host;
  return address;
}

}  // namespace parley::app
