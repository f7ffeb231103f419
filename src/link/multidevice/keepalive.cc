#include "link/multidevice/keepalive.h"

#include "link/multidevice/queries.h"

namespace parley::link::multidevice {

base::Task<> KeepAlive(std::shared_ptr<Connection> connection, base::Scheduler& scheduler,
                       base::Random& random) {
  const auto span = static_cast<std::uint64_t>((kPingBefore - kPingAfter).count());
  while (true) {
    const base::Duration pause = kPingAfter + base::Duration(random.Below(span + 1));
    if (co_await connection->WaitForEnd(pause)) co_return;
    const auto silent = scheduler.Monotonic() - connection->last_received();
    if (silent >= kSilence) {
      connection->Close("no_answer");
      co_return;
    }
    if (silent < kPingAfter) continue;  // what came is sign enough
    wire::binary::Node ping = MakeQuery(QueryKind::kGet, "w:p", wire::binary::Node("ping"));
    (void)co_await connection->Ask(std::move(ping), kPingLimit);
  }
}

}  // namespace parley::link::multidevice
