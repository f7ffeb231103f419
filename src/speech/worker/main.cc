// parley-speech-worker: hears one message and ends.
//
//   parley-speech-worker MODEL SECONDS
//
// Reads sound from its standard input (signed 16-bit little-endian samples, one channel, 16 kHz, no
// more than so many seconds) and writes {"text": ..., "confidence": ...} to its standard output.
// Exit code 0 when it has listened, 1 when the model cannot be used. It is started by the gateway
// (speech/child.h) and limits itself before it reads anything.
#include <pocketsphinx.h>
#include <sphinxbase/err.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <unistd.h>

#include <algorithm>
#include <csignal>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <vector>

#include "base/json.h"

namespace {

constexpr int kRate = 16000;
constexpr rlim_t kMegabyte = 1 << 20;

// Each second of sound may take so many of the processor; loading the model takes some, too.
constexpr long kSlowest = 5;
constexpr long kToLoad = 20;

void Limit(int what, rlim_t soft, rlim_t hard) {
  const rlimit limit{soft, hard};
  setrlimit(what, &limit);
}

// A recogniser that runs wild ends by itself: SIGXCPU says that it took too long.
void LimitMyself(long seconds) {
  const auto processor = static_cast<rlim_t>(kToLoad + seconds * kSlowest);
  Limit(RLIMIT_CPU, processor, processor + 5);
  Limit(RLIMIT_AS, 1024 * kMegabyte, 1024 * kMegabyte);
  Limit(RLIMIT_FSIZE, 0, 0);
  Limit(RLIMIT_CORE, 0, 0);
  prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
  prctl(PR_SET_PDEATHSIG, SIGKILL);  // nobody waits for the answer any more
  if (nice(10) == -1) return;        // as well as it goes
}

std::vector<std::int16_t> ReadSamples(std::size_t most) {
  std::vector<std::int16_t> samples(most);
  const std::size_t read = std::fread(samples.data(), sizeof samples[0], most, stdin);
  samples.resize(read);
  return samples;
}

// What was understood.
struct Heard {
  std::string text;
  double confidence = 0;  // 0 to 1
};

Heard Understood(ps_decoder_t* decoder) {
  Heard heard;
  double sum = 0;
  int words = 0;
  logmath_t* log = ps_get_logmath(decoder);
  for (ps_seg_t* segment = ps_seg_iter(decoder); segment != nullptr;
       segment = ps_seg_next(segment)) {
    std::string word = ps_seg_word(segment);
    int acoustic = 0, language = 0, backoff = 0;
    const int posterior = ps_seg_prob(segment, &acoustic, &language, &backoff);
    // <s>, <sil>, [NOISE], ++BREATH++: not said.
    if (word.empty() || word[0] == '<' || word[0] == '[' || word[0] == '+') continue;
    // read(2) is another way to say read.
    if (const std::size_t variant = word.find('('); variant != std::string::npos && variant > 0)
      word.resize(variant);
    if (!heard.text.empty()) heard.text += ' ';
    heard.text += word;
    sum += logmath_exp(log, posterior);
    ++words;
  }
  if (words > 0) heard.confidence = sum / words;
  return heard;
}

int Listen(const std::string& model, long seconds) {
  err_set_logfp(nullptr);
  const std::string acoustic = model + "/en-us", language = model + "/en-us.lm.bin",
                    words = model + "/cmudict-en-us.dict";
  cmd_ln_t* options = cmd_ln_init(nullptr, ps_args(), 1, "-hmm", acoustic.c_str(), "-lm",
                                  language.c_str(), "-dict", words.c_str(), nullptr);
  ps_decoder_t* decoder = options == nullptr ? nullptr : ps_init(options);
  if (decoder == nullptr) return 1;
  const std::vector<std::int16_t> samples = ReadSamples(static_cast<std::size_t>(seconds) * kRate);
  Heard heard;
  if (!samples.empty()) {
    if (ps_start_utt(decoder) < 0 ||
        ps_process_raw(decoder, samples.data(), samples.size(), 0, 1) < 0 ||
        ps_end_utt(decoder) < 0)
      return 1;
    heard = Understood(decoder);
  }
  parley::base::json::object answer;
  answer["text"] = parley::base::JsonView(heard.text);
  answer["confidence"] = heard.confidence;
  const std::string text = parley::base::ToText(answer);
  return std::fwrite(text.data(), 1, text.size(), stdout) == text.size() ? 0 : 1;
}

}  // namespace

int main(int count, char** arguments) {
  const long seconds = count == 3 ? std::strtol(arguments[2], nullptr, 10) : 0;
  if (seconds < 1 || seconds > 24 * 3600) {
    std::fputs("parley-speech-worker is started by parley itself\n", stderr);
    return 2;
  }
  LimitMyself(seconds);
  return Listen(arguments[1], seconds);
}
