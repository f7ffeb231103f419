// Pairing a channel with a phone, at a terminal.
#include <fmt/format.h>

#include "base/qr.h"
#include "cli/handlers.h"
#include "cli/lookup.h"

namespace parley::cli {
namespace {

namespace json = base::json;
using base::Error;
using base::ErrorCode;

constexpr base::Duration kLook = std::chrono::seconds(1);
constexpr base::Duration kDefaultWait = std::chrono::minutes(3);

class Pairer {
 public:
  explicit Pairer(Session& session, std::string path)
      : session_(session), path_(std::move(path)), phone_(session.arguments.Find("--phone")) {}

  // Shows the first code, and the network's later ones while the phone has taken none.
  base::Result<int> Run() {
    PARLEY_CHECK(ShowCode());
    if (session_.arguments.Has("--no-wait")) return 0;
    base::Duration left = kDefaultWait;
    if (const auto wait = session_.arguments.Find("--timeout")) left = *base::ParseDuration(*wait);
    for (; left > base::Duration(0); left -= kLook) {
      session_.api.Pause(kLook);
      PARLEY_TRY(channel, AsObject(session_.api.Get(path_)));
      const std::string_view state = base::FindText(channel, "state");
      if (state == "connected") return Connected(channel);
      if (state == "connecting") continue;
      if (state != "pairing") return Failed(channel, "Pairing has ended");
      PARLEY_CHECK(ShowCode());
    }
    PARLEY_TRY(channel, AsObject(session_.api.Get(path_)));
    return Failed(channel, "The channel was not connected in time");
  }

 private:
  // Prints the code on offer unless it is the one that was printed.
  base::Result<void> ShowCode() {
    json::object body;
    if (phone_) body["phone"] = base::JsonView(*phone_);
    auto offer = AsObject(session_.api.Post(path_ + "/pair", std::move(body)));
    // Between two looks the phone may have taken the code; the next look tells.
    if (!offer && !shown_.empty() && offer.error().code == ErrorCode::kInvalidState) return {};
    if (!offer) return offer.error();
    const std::string code(base::FindText(*offer, phone_ ? "code" : "qr"));
    if (code == shown_) return {};
    shown_ = code;
    if (session_.output.json()) {
      session_.output.Json(*offer);
    } else if (phone_) {
      session_.output.Line(
          fmt::format("On the phone: WhatsApp, Linked devices, Link with phone number instead, "
                      "then\n\n    {}\n",
                      code));
    } else {
      PARLEY_TRY(lines, base::QrLines(code));
      session_.output.Line(
          fmt::format("On the phone: WhatsApp, Linked devices, Link a device, then scan\n\n{}\n{}",
                      lines, code));
    }
    return {};
  }

  int Connected(const json::object& channel) {
    if (session_.output.json())
      session_.output.Json(channel);
    else
      session_.output.Line(fmt::format("Connected as {}.", base::FindText(channel, "phone")));
    return 0;
  }

  Error Failed(const json::object& channel, std::string_view what) const {
    const std::string_view reason = base::FindText(channel, "state_reason");
    return Error(
        ErrorCode::kTimeout,
        fmt::format("{}; the channel is {}{}{}. Run the command again for a new code", what,
                    base::FindText(channel, "state"), reason.empty() ? "" : ": ", reason));
  }

  Session& session_;
  const std::string path_;
  const std::optional<std::string> phone_;
  std::string shown_;
};

}  // namespace

base::Result<int> PairChannel(Session& session) {
  PARLEY_TRY(path, ChannelPath(session.api, session.arguments.Text("ACCOUNT"),
                               session.arguments.Text("CHANNEL")));
  return Pairer(session, path).Run();
}

}  // namespace parley::cli
