// What becomes of voice messages that hold no speech, or too much, or are broken: decoded by the
// real program, for a recogniser that a script stands in for, up to the state of the message and
// its event.
#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmath>
#include <filesystem>
#include <fstream>

#include "base/digest.h"
#include "base/encoding.h"
#include "base/files.h"
#include "core/channels/reports.h"
#include "core/messages/message_store.h"
#include "core/speech/transcription_queue.h"
#include "media/care.h"
#include "speech/embedded.h"
#include "storage/blobs/file_blobs.h"
#include "tests/support/store_world.h"

namespace parley::speech {
namespace {

using core::TranscriptionFault;
using core::TranscriptionStatus;
using namespace std::string_literals;

constexpr int kWavRate = 16000;

std::string Integer(std::uint64_t value, int bytes) {
  std::string text;
  for (int i = 0; i < bytes; ++i) text += static_cast<char>(value >> (8 * i) & 0xff);
  return text;
}

// `at` in seconds; samples of up to 32767.
template <class Sound>
std::string WavOf(double seconds, Sound sound) {
  std::string samples;
  for (int i = 0; i < seconds * kWavRate; ++i) {
    const auto value = static_cast<std::int16_t>(sound(i / static_cast<double>(kWavRate)));
    samples += Integer(static_cast<std::uint16_t>(value), 2);
  }
  return "RIFF" + Integer(36 + samples.size(), 4) + "WAVEfmt " + Integer(16, 4) + Integer(1, 2) +
         Integer(1, 2) + Integer(kWavRate, 4) + Integer(2 * kWavRate, 4) + Integer(2, 2) +
         Integer(16, 2) + "data" + Integer(samples.size(), 4) + samples;
}

double Sine(double hertz, double at) { return std::sin(2 * M_PI * hertz * at); }
double WithOvertones(double hertz, double at) {
  double sum = 0;
  for (int k = 1; k <= 8; ++k) sum += Sine(hertz * k, at) / k;
  return 3000 * sum;
}
double Silence(double) { return 0; }
// Notes that fade and go over into each other.
double Melody(double at) {
  constexpr double kNotes[] = {262, 330, 392, 330};
  return WithOvertones(kNotes[static_cast<int>(at * 4) % 4], at) *
         std::exp(-6 * std::fmod(at, 0.25));
}
// What may be speech: syllables with a pitch that moves, hisses between them, pauses.
double Syllables(double at) {
  static std::uint32_t state = 1;
  state = state * 1664525 + 1013904223;
  const double hiss = static_cast<double>(state >> 16) / 65536 * 6000 - 3000;
  const double place = std::fmod(at, 0.3);
  if (std::fmod(at, 2.4) > 2) return 0;
  if (place < 0.06) return hiss * 0.3;
  return WithOvertones(120 + 20 * Sine(1, at), at) * std::sin(M_PI * (place - 0.06) / 0.24);
}

std::uint32_t OggSum(std::string_view page) {
  std::uint32_t sum = 0;
  for (const char c : page) {
    sum ^= std::uint32_t{static_cast<std::uint8_t>(c)} << 24;
    for (int bit = 0; bit < 8; ++bit) sum = sum << 1 ^ ((sum >> 31) != 0 ? 0x04C11DB7u : 0);
  }
  return sum;
}

std::string OggPage(int kind, std::uint64_t position, std::uint64_t number,
                    const std::vector<std::string>& packets) {
  std::string page = "OggS\0"s + static_cast<char>(kind) + Integer(position, 8) + Integer(1, 4) +
                     Integer(number, 4) + Integer(0, 4) + static_cast<char>(packets.size());
  for (const std::string& packet : packets) page += static_cast<char>(packet.size());
  for (const std::string& packet : packets) page += packet;
  page.replace(22, 4, Integer(OggSum(page), 4));
  return page;
}

// So many seconds of next to nothing: packets of 60 ms that hold one byte.
std::string LongOgg(int seconds) {
  constexpr int kPacketsAPage = 250;
  const int pages = seconds * 1000 / 60 / kPacketsAPage;
  std::string file =
      OggPage(2, 0, 0, {"OpusHead\1\1"s + Integer(0, 2) + Integer(kWavRate, 4) + Integer(0, 3)}) +
      OggPage(0, 0, 1, {"OpusTags"s + Integer(4, 4) + "test" + Integer(0, 4)});
  const std::vector<std::string> packets(kPacketsAPage, "\x18");
  for (int page = 1; page <= pages; ++page)
    file += OggPage(page == pages ? 4 : 0, std::uint64_t{2880} * kPacketsAPage * page, page + 1,
                    packets);
  return file;
}

class SpeechInputs : public ::testing::Test {
 protected:
  SpeechInputs() {
    media::WorkerOptions workers;
    workers.program = PARLEY_MEDIA_WORKER;
    workers_ = std::move(*media::MakeWorkerPool(workers));
    care_ = media::MakeCare(world_.scheduler, *inline_, *blobs_, *workers_, media::CareOptions());
    account_ = world_.AddAccount("ours");
    channel_ = world_.AddChannel(account_, core::ChannelState::kConnected);
    EXPECT_TRUE(world_.Write([this](core::Transaction& tx) -> base::Result<void> {
      PARLEY_TRY(account, tx.accounts().Find(account_));
      account->settings.transcription = core::TranscriptionEngine::kEmbedded;
      return tx.accounts().Update(*account);
    }));
    // It counts the bytes of sound that it gets.
    Recogniser("printf '{\"text\": \"heard %s\", \"confidence\": 0.9}' \"$(/usr/bin/wc -c)\"");
  }
  ~SpeechInputs() override {
    Stop();
    std::filesystem::remove(script_);
  }

  // Stands in for parley-speech-worker from now on.
  void Recogniser(const std::string& commands) {
    Stop();
    std::ofstream(script_) << "#!/bin/sh\n" << commands << '\n';
    ASSERT_EQ(::chmod(script_.c_str(), 0700), 0);
    EmbeddedOptions options;
    options.worker = script_;
    recogniser_ = MakeEmbedded(world_.scheduler, *care_, base::MakeInlinePool(), options);
    core::Transcribers transcribers;
    transcribers.embedded = recogniser_.get();
    queue_ = std::make_unique<core::TranscriptionQueue>(
        world_.store, *world_.random, bell_, secrets_, transcribers, core::TranscriptionOptions());
    queue_->Start();
  }
  void Stop() {
    if (!queue_) return;
    auto stop = [](core::TranscriptionQueue& queue) -> base::Task<bool> {
      co_await queue.Stop();
      co_return true;
    };
    world_.Await(stop(*queue_));
    queue_.reset();
  }

  core::MediaRef Put(const std::string& bytes) {
    core::MediaRef media;
    media.id = world_.NewStamp().Next<core::MediaId>();
    media.mime_type = "audio/ogg";
    media.size = static_cast<std::int64_t>(bytes.size());
    media.sha256 = base::ToHexText(base::AsText(base::Sha256(bytes)));
    EXPECT_TRUE(blobs_->Store(media.sha256, bytes));
    return media;
  }
  // As phones send it: Ogg with Opus.
  std::string VoiceOf(const std::string& wav) {
    const auto form =
        world_.Await(care_->Prepare(Put(wav), core::ContentKind::kAudio, /*voice=*/true));
    return form ? *blobs_->Read(form->media.sha256) : "";
  }

  // Sends it, and lets so much time pass.
  void Speak(const std::string& bytes, base::Duration passes = std::chrono::seconds(1)) {
    core::IncomingMessage incoming;
    incoming.from.phone = "15550100";
    incoming.link_id = "LINK" + std::to_string(++spoken_);
    core::AudioContent voice;
    voice.voice = true;
    core::Media media;
    media.account = account_;
    media.ref = Put(bytes);
    voice.media = media.ref;
    incoming.content = voice;
    incoming.media = media;
    incoming.at = world_.scheduler.Now();
    std::vector<core::LinkReport> reports;
    reports.emplace_back(std::move(incoming));
    ASSERT_TRUE(world_.Write([&, stamp = world_.NewStamp()](core::Transaction& tx) {
      return core::ApplyReports(tx, account_, channel_.row, reports, {}, stamp);
    }));
    world_.scheduler.RunFor(passes);
  }
  core::Transcription Newest() {
    core::MessageStore::Page page;
    page.channel = channel_.row;
    page.limit = 1;
    const auto messages = *world_.Read(
        [&](const core::Transaction& tx) { return tx.messages().List(account_, page); });
    EXPECT_EQ(messages.at(0).message.status, core::MessageStatus::kReceived);
    return messages.at(0).message.transcription.value_or(core::Transcription());
  }
  // The events that tell of outcomes, so far.
  std::vector<core::Transcription> Told() {
    std::vector<core::Transcription> told;
    for (const core::Event& event : world_.Events())
      if (const auto* one = std::get_if<core::MessageTranscribed>(&event.body))
        told.push_back(one->transcription);
    return told;
  }
  // The newest message has that state, and one more event says the same.
  void ExpectFault(TranscriptionFault fault, const std::string& detail = "") {
    const core::Transcription state = Newest();
    EXPECT_EQ(state.status, TranscriptionStatus::kFailed);
    EXPECT_EQ(state.fault, fault);
    EXPECT_EQ(state.detail, detail);
    EXPECT_EQ(state.text, "");
    ExpectTold(state);
  }
  void ExpectTold(const core::Transcription& state) {
    const std::vector<core::Transcription> told = Told();
    ASSERT_EQ(told.size(), ++told_);
    EXPECT_EQ(base::EncodeText(told.back()), base::EncodeText(state));
  }
  // How many seconds of sound the recogniser got.
  double SecondsHeard() {
    const core::Transcription state = Newest();
    EXPECT_EQ(state.status, TranscriptionStatus::kDone);
    ExpectTold(state);
    const std::string prefix = "heard ";
    if (!state.text.starts_with(prefix)) return -1;
    return std::stod(state.text.substr(prefix.size())) / 2 / core::kSpeechRate;
  }

  testing::StoreWorld world_;
  core::EventBell bell_{*world_.sqlite};
  core::Secrets secrets_{base::SealKey{}, *world_.random};
  std::unique_ptr<base::BlockingPool> inline_ = base::MakeInlinePool();
  std::unique_ptr<core::BlobStore> blobs_ = storage::MakeMemoryBlobs();
  std::unique_ptr<media::WorkerPool> workers_;
  std::unique_ptr<core::MediaCare> care_;
  std::unique_ptr<core::Transcriber> recogniser_;
  std::unique_ptr<core::TranscriptionQueue> queue_;
  const std::string script_ =
      ::testing::TempDir() + "recogniser-" + std::to_string(::getpid()) + ".sh";
  core::AccountRow account_;
  core::Channel channel_;
  int spoken_ = 0;
  std::size_t told_ = 0;
};

TEST_F(SpeechInputs, ZeroBytesAreNoAudio) {
  Speak("");
  ExpectFault(TranscriptionFault::kUndecodable, "0 bytes");
}

TEST_F(SpeechInputs, WhatIsNoAudioIsNone) {
  Speak("O");
  ExpectFault(TranscriptionFault::kUndecodable);
  Speak("This is no audio at all. This is no audio at all. This is no audio at all.");
  ExpectFault(TranscriptionFault::kUndecodable);
  Speak(*base::ReadFile("tests/vectors/media/photo.jpg"));
  ExpectFault(TranscriptionFault::kUndecodable);
}

TEST_F(SpeechInputs, SilenceAndMusicAreNoSpeechAndNobodyListens) {
  // Were it started, this would be its end.
  Recogniser("exit 1");
  for (const auto sound : {Silence, Melody}) {
    const std::string voice = VoiceOf(WavOf(6, sound));
    ASSERT_NE(voice, "");
    Speak(voice);
    ExpectFault(TranscriptionFault::kNoSpeech);
  }
}

TEST_F(SpeechInputs, SpeechIsHeardAsAWhole) {
  Speak(VoiceOf(WavOf(6, Syllables)));
  EXPECT_NEAR(SecondsHeard(), 6, 0.1);
}

TEST_F(SpeechInputs, AFileThatBreaksOffIsHeardAsFarAsItGoes) {
  const std::string voice = VoiceOf(WavOf(6, Syllables));
  Speak(voice.substr(0, voice.size() / 2));
  const double seconds = SecondsHeard();
  EXPECT_GT(seconds, 1.5);
  EXPECT_LT(seconds, 4.5);
  // Of a head alone there is nothing to hear.
  Speak(voice.substr(0, 60));
  ExpectFault(TranscriptionFault::kUndecodable);
}

TEST_F(SpeechInputs, TwoHoursAreTooLongAndAreNotHeardInPart) {
  Speak(LongOgg(7200));
  ExpectFault(TranscriptionFault::kTooLong);
  // A file that says it is two hours long, and is one second.
  Speak(*base::ReadFile("tests/vectors/media/two_hours.ogg"));
  ExpectFault(TranscriptionFault::kNoSpeech);
}

TEST_F(SpeechInputs, ARecogniserThatTakesTooLongIsGivenUpAtOnce) {
  Recogniser("kill -s XCPU $$");
  Speak(VoiceOf(WavOf(3, Syllables)));
  ExpectFault(TranscriptionFault::kTookTooLong);
}

TEST_F(SpeechInputs, ARecogniserThatFailsIsAskedAgainAndThenTheMessageSaysSo) {
  Recogniser("exit 1");
  const std::string voice = VoiceOf(WavOf(3, Syllables));
  Speak(voice, std::chrono::hours(2));
  EXPECT_EQ(Newest().status, TranscriptionStatus::kPending);
  EXPECT_EQ(queue_->counters().retried, 5);
  world_.scheduler.RunFor(std::chrono::hours(2));
  ExpectFault(TranscriptionFault::kUnavailable, "The recogniser ended with exit code 1");
  // One that answers nonsense is no better; one that is unsure has heard nothing.
  Recogniser("echo nonsense");
  Speak(voice, std::chrono::hours(4));
  ExpectFault(TranscriptionFault::kUnavailable, "The recogniser's answer is none");
  Recogniser(R"(echo '{"text": "we were a", "confidence": 0.1}')");
  Speak(voice);
  ExpectFault(TranscriptionFault::kNoSpeech);
}

}  // namespace
}  // namespace parley::speech
