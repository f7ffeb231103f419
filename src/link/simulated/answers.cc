#include "link/simulated/answers.h"

#include "link/simulated/translate.h"

namespace parley::link::simulated {
namespace {

std::optional<net::Person> FindPerson(const net::Network& network, const core::Address& address) {
  if (address.kind == core::AddressKind::kLid) return network.FindPersonByLid(address.value);
  if (address.kind == core::AddressKind::kUsername)
    return network.FindPersonByUsername(address.value);
  const auto found = network.FindPerson(address.value);
  if (!found) return std::nullopt;
  return *found;
}

}  // namespace

base::Result<core::LinkAnswer> Answers::operator()(const core::CheckNumbers& asked) const {
  core::CheckNumbers::Answer answer;
  for (const core::Address& address : asked.numbers) {
    core::NumberFound found;
    found.asked = address;
    if (const auto person = FindPerson(network, address)) {
      found.on_network = true;
      found.peer = PeerOf(network, person->number);
      found.verified_level = person->verified_level;
      found.is_enterprise = person->is_business && person->verified_level > 0;
      const auto picture = network.PictureFor(person->number, number);
      found.has_picture = picture && !picture->empty();
    }
    answer.push_back(std::move(found));
  }
  return core::LinkAnswer(std::move(answer));
}

}  // namespace parley::link::simulated
