#include "sim/wire/addresses.h"

namespace parley::sim::wire {

std::optional<std::string> Addresses::NumberOf(const binary::Jid& jid) const {
  if (jid.server == binary::JidServer::kLid) {
    const auto person = network_.FindPersonByLid(jid.user);
    if (person) return person->number;
  }
  if (jid.server == binary::JidServer::kUser || jid.server == binary::JidServer::kLegacyUser) {
    const auto person = network_.FindPerson(jid.user);
    if (person) return person->number;
  }
  return std::nullopt;
}

std::optional<std::string> Addresses::NumberOf(std::string_view jid) const {
  const auto parsed = binary::ParseJid(jid);
  if (!parsed) return std::nullopt;
  return NumberOf(*parsed);
}

binary::Jid Addresses::ByLid(std::string_view number, std::uint16_t device) const {
  const auto person = network_.FindPerson(number);
  return binary::Jid(person ? person->lid : std::string(number), binary::JidServer::kLid, device);
}

signal::Address Addresses::SessionWith(const Companion& companion) const {
  return *signal::AddressOf(ByLid(companion.number, companion.device));
}

std::string Addresses::PushName(std::string_view number) const {
  const auto person = network_.FindPerson(number);
  return person ? person->push_name : std::string();
}

}  // namespace parley::sim::wire
