#include "sim/network/invites.h"

#include <fmt/format.h>

namespace parley::sim::network {

std::string MakeChatId(base::Random& random) {
  return fmt::format("120363{:012}", random.Below(1'000'000'000'000));
}

std::string MakeInviteCode(const State& state, base::Random& random) {
  std::string code;
  do {
    code = random.Token(22);
  } while (state.invites.contains(code));
  return code;
}

}  // namespace parley::sim::network
