// The recogniser that comes with Parley: PocketSphinx with Debian's model of American English.
//
// Each message is heard by a process of its own, `parley-speech-worker` (speech/worker/main.cc),
// which gets the sound, has limits, runs at low priority and ends with its answer: a hostile file
// can at worst fail its own message, and no thread of the network waits for it. What is silent or
// no voice (speech/sound.h) is not given to it at all; what it is not sure of is not taken.
#pragma once

#include <memory>
#include <string>

#include "base/blocking_pool.h"
#include "base/scheduler.h"
#include "core/media/media_care.h"
#include "core/speech/transcriber.h"

namespace parley::speech {

struct EmbeddedOptions {
  std::string worker;                                 // path of the program
  std::string model;                                  // folder of the model
  base::Duration longest = std::chrono::minutes(10);  // of audio
};

// Where Debian's pocketsphinx-en-us is.
inline constexpr const char* kDebianModel = "/usr/share/pocketsphinx/model/en-us";

// What the worker wrote means. It may be anything.
core::Hearing ReadHeard(const std::string& output);

// `care` decodes and outlives it. `threads` wait for the processes: as many as may be at once, or
// the inline pool. Thread: the scheduler's.
std::unique_ptr<core::Transcriber> MakeEmbedded(base::Scheduler& scheduler, core::MediaCare& care,
                                                std::unique_ptr<base::BlockingPool> threads,
                                                EmbeddedOptions options);

}  // namespace parley::speech
