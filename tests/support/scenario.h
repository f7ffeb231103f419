// Scenarios: text files that tell what people and programs do, and what they must see.
//
// Lines start with given, when or expect; `and` repeats the word before; lines that start with a
// blank continue the one before; # is a comment. The words after it are the rows of kSteps in
// scenario.cc. {name} stands for what an earlier {any:name} matched.
//
//   links  both
//   given  channel alice, subscribed by wapio to messages.update
//   when   wapio POST /api/send-message {"to": "+15550100", "kind": "text", "text": "hi"}
//   expect 202 {"msgId": "{any:m}", "status": "queued"}
//   when   sim fails {m} with "unknown recipient"
//   expect webhook messages.update {"data": [{"key": {"id": "{m}"},
//          "update": {"status": "error"}}]}
//   expect no more webhooks
//
// Every call, answer and webhook is written to a transcript that is compared, byte for byte, with
// the golden file of the same name.
#pragma once

#include <string>

#include "core/channels/channel.h"

namespace parley::testing {

struct ScenarioResult {
  std::string failure;     // empty: passed; else what and in which line
  std::string transcript;  // of everything up to there
};

ScenarioResult RunScenario(const std::string& text, std::uint64_t seed,
                           core::LinkKind link = core::LinkKind::kSimulated);

// Which links the scenario's line `links` names: both means that what it tells holds for native
// channels, too, native and cloud that it tells of those alone. Without the line it is the direct
// link.
enum class ScenarioLinks { kDirect, kNative, kBoth, kCloud };
ScenarioLinks LinksOf(const std::string& text);

// A transcript without what chance and the clock make of it, so that those of two links can be
// compared: ids, keys and signatures are numbered by their first appearance.
std::string WithoutChance(const std::string& transcript);

}  // namespace parley::testing
