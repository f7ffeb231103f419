// Media care by the real program: what becomes of files, good and bad.
#include "media/care.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>
#include <zlib.h>

#include <algorithm>
#include <cmath>
#include <csignal>
#include <filesystem>
#include <fstream>
#include <thread>

#include "base/digest.h"
#include "base/encoding.h"
#include "base/files.h"
#include "core/messages/content_kind.h"
#include "media/worker/metadata.h"
#include "storage/blobs/file_blobs.h"
#include "tests/support/store_world.h"

namespace parley::media {
namespace {

using base::ErrorCode;
using core::ContentKind;
using namespace std::string_literals;

std::string LittleEndian(std::uint32_t number, int size) {
  std::string bytes;
  for (int i = 0; i < size; ++i) bytes += static_cast<char>(number >> (8 * i) & 0xff);
  return bytes;
}

std::string BigEndian(std::uint32_t number) {
  std::string bytes = LittleEndian(number, 4);
  return {bytes.rbegin(), bytes.rend()};
}

// A tone whose loudness (0 to 1) follows `loudness` over the whole of it.
template <class Loudness>
std::string Wav(double seconds, Loudness loudness, int rate = 8000) {
  const auto count = static_cast<std::uint32_t>(seconds * rate);
  std::string samples;
  for (std::uint32_t i = 0; i < count; ++i) {
    const double level = loudness(i / static_cast<double>(count));
    const double value = level * 30000 * std::sin(i * 2 * 3.14159265 * 440 / rate);
    samples += LittleEndian(static_cast<std::uint16_t>(static_cast<std::int16_t>(value)), 2);
  }
  return "RIFF" + LittleEndian(36 + static_cast<std::uint32_t>(samples.size()), 4) + "WAVEfmt " +
         LittleEndian(16, 4) + LittleEndian(1, 2) + LittleEndian(1, 2) + LittleEndian(rate, 4) +
         LittleEndian(2 * rate, 4) + LittleEndian(2, 2) + LittleEndian(16, 2) + "data" +
         LittleEndian(static_cast<std::uint32_t>(samples.size()), 4) + samples;
}
constexpr auto kEven = [](double) { return 0.5; };

std::string Png(std::uint32_t width, std::uint32_t height, const std::string& pixels) {
  const auto chunk = [](const std::string& type, const std::string& data) {
    const std::string body = type + data;
    const uLong sum =
        crc32(0, reinterpret_cast<const Bytef*>(body.data()), static_cast<uInt>(body.size()));
    return BigEndian(static_cast<std::uint32_t>(data.size())) + body +
           BigEndian(static_cast<std::uint32_t>(sum));
  };
  uLongf size = compressBound(pixels.size());
  std::string packed(size, '\0');
  compress(reinterpret_cast<Bytef*>(packed.data()), &size,
           reinterpret_cast<const Bytef*>(pixels.data()), pixels.size());
  packed.resize(size);
  return "\x89PNG\r\n\x1a\n"s +
         chunk("IHDR", BigEndian(width) + BigEndian(height) + "\x08\0\0\0\0"s) +  // grey
         chunk("IDAT", packed) + chunk("IEND", "");
}

std::string Sample(const std::string& name) {
  return *base::ReadFile("tests/vectors/media/" + name);
}

std::string Noise(std::size_t size) {
  std::string bytes;
  std::uint32_t state = 12345;
  while (bytes.size() < size) {
    state = state * 1664525 + 1013904223;
    bytes += static_cast<char>(state >> 24);
  }
  return bytes;
}

class MediaCareTest : public ::testing::Test {
 protected:
  MediaCareTest() { Use(PARLEY_MEDIA_WORKER, std::chrono::seconds(60)); }

  void Use(const std::string& program, base::Duration longest) {
    WorkerOptions options;
    options.program = program;
    options.longest = longest;
    workers_ = std::move(*MakeWorkerPool(options));
    care_ = MakeCare(world_.scheduler, *pool_, *blobs_, *workers_, CareOptions());
  }
  core::MediaRef Put(const std::string& bytes, const std::string& type,
                     const std::string& name = "") {
    core::MediaRef media;
    media.mime_type = type;
    media.size = static_cast<std::int64_t>(bytes.size());
    media.sha256 = base::ToHexText(base::AsText(base::Sha256(bytes)));
    media.file_name = name;
    EXPECT_TRUE(blobs_->Store(media.sha256, bytes));
    return media;
  }
  base::Result<core::MediaForm> Prepare(const core::MediaRef& media, ContentKind kind,
                                        bool voice = false) {
    return world_.Await(care_->Prepare(media, kind, voice));
  }
  base::Result<core::MediaForm> Look(const core::MediaRef& media, ContentKind kind,
                                     bool voice = false) {
    return world_.Await(care_->Look(media, kind, voice));
  }
  std::string BytesOf(const core::MediaForm& form) { return *blobs_->Read(form.media.sha256); }
  void ExpectRefusal(const base::Result<core::MediaForm>& result, ErrorCode code,
                     const std::string& text) {
    ASSERT_FALSE(result);
    EXPECT_EQ(result.error().code, code);
    EXPECT_EQ(result.error().public_text(), text);
  }
  // It goes as it is, and nothing is known of it.
  void ExpectUntouched(const core::MediaRef& media, ContentKind kind, bool voice = false) {
    const auto form = Prepare(media, kind, voice);
    ASSERT_TRUE(form) << form.error().public_text();
    EXPECT_EQ(form->media, media);
    EXPECT_EQ(form->thumbnail, "");
  }

  testing::StoreWorld world_;
  std::unique_ptr<base::BlockingPool> pool_ = base::MakeInlinePool();
  std::unique_ptr<core::BlobStore> blobs_ = storage::MakeMemoryBlobs();
  std::unique_ptr<WorkerPool> workers_;
  std::unique_ptr<core::MediaCare> care_;
};

// ----------------------------------------------------------------------------------------- sound

TEST_F(MediaCareTest, MakesVoiceOfAnySound) {
  const std::string wav = Wav(2, [](double at) { return at < 0.5 ? 0.0 : 1.0; });
  const auto form = Prepare(Put(wav, "audio/x-wav", "note.wav"), ContentKind::kAudio, true);
  ASSERT_TRUE(form) << form.error().public_text();
  EXPECT_EQ(form->media.mime_type, "audio/ogg");
  EXPECT_EQ(form->media.file_name, "note.ogg");
  const std::string bytes = BytesOf(*form);
  EXPECT_EQ(form->media.size, static_cast<std::int64_t>(bytes.size()));
  EXPECT_TRUE(bytes.starts_with("OggS"));
  EXPECT_EQ(bytes.substr(28, 10), "OpusHead\1\1"s) << "version 1, one channel";
  ASSERT_TRUE(form->media.facts);
  EXPECT_NEAR(static_cast<double>(form->media.facts->duration_ms.value_or(0)), 2000, 30);
  const auto bars = base::FromHexText(form->media.facts->waveform.value_or(""));
  ASSERT_TRUE(bars && bars->size() == 64);
  EXPECT_EQ((*bars)[0], 0);
  EXPECT_EQ((*bars)[30], 0);
  EXPECT_GT((*bars)[34], 90);
  EXPECT_EQ(*std::max_element(bars->begin(), bars->end()), 100);

  // What has the right form already stays, and is measured all the same.
  const auto again = Prepare(Put(bytes, "audio/ogg"), ContentKind::kAudio, true);
  ASSERT_TRUE(again) << again.error().public_text();
  EXPECT_EQ(again->media.sha256, form->media.sha256);
  EXPECT_NEAR(static_cast<double>(again->media.facts->duration_ms.value_or(0)), 2000, 30);
  EXPECT_EQ(again->media.facts->waveform->substr(0, 40), std::string(40, '0'));
}

TEST_F(MediaCareTest, MakesVoiceOfAnMp3AndOfAVideo) {
  for (const char* name : {"tone.mp3", "clip.mp4"}) {
    SCOPED_TRACE(name);
    const auto form = Prepare(Put(Sample(name), "audio/any", name), ContentKind::kAudio, true);
    ASSERT_TRUE(form) << form.error().public_text();
    EXPECT_EQ(form->media.mime_type, "audio/ogg");
    EXPECT_NEAR(static_cast<double>(form->media.facts->duration_ms.value_or(0)), 1000, 120);
  }
}

TEST_F(MediaCareTest, SaysHowLongAnAudioFileIs) {
  const auto form = Prepare(Put(Sample("tone.mp3"), "audio/mpeg"), ContentKind::kAudio);
  ASSERT_TRUE(form);
  EXPECT_EQ(form->media.mime_type, "audio/mpeg");
  ASSERT_TRUE(form->media.facts);
  EXPECT_NEAR(static_cast<double>(form->media.facts->duration_ms.value_or(0)), 1000, 120);
  EXPECT_FALSE(form->media.facts->waveform);
}

TEST_F(MediaCareTest, HearsAsFarAsItIsAsked) {
  const core::MediaRef media = Put(Wav(3, kEven), "audio/x-wav");
  const auto whole = world_.Await(care_->Speech(media.sha256, std::chrono::minutes(10)));
  ASSERT_TRUE(whole) << whole.error().public_text();
  EXPECT_FALSE(whole->is_cut);
  EXPECT_NEAR(static_cast<double>(whole->samples.size()), 3.0 * 2 * core::kSpeechRate, 400);
  const auto part = world_.Await(care_->Speech(media.sha256, std::chrono::seconds(1)));
  ASSERT_TRUE(part);
  EXPECT_TRUE(part->is_cut);
  EXPECT_EQ(part->samples.size(), 2u * core::kSpeechRate);
  EXPECT_EQ(part->samples, whole->samples.substr(0, part->samples.size()));
  // Loudness survives: half of full scale.
  std::int32_t loudest = 0;
  for (std::size_t i = 0; i + 1 < part->samples.size(); i += 2) {
    const auto low = static_cast<unsigned char>(part->samples[i]);
    const auto high = static_cast<unsigned char>(part->samples[i + 1]);
    loudest = std::max<std::int32_t>(loudest, static_cast<std::int16_t>(low | high << 8));
  }
  EXPECT_NEAR(loudest, 15000, 600);
}

TEST_F(MediaCareTest, RefusesWhatHasNoSound) {
  ExpectRefusal(Prepare(Put(Noise(5000), "audio/mpeg"), ContentKind::kAudio, true),
                ErrorCode::kMediaWrongType, "The audio cannot be read");
  ExpectRefusal(Prepare(Put(Wav(0, kEven), "audio/x-wav"), ContentKind::kAudio, true),
                ErrorCode::kMediaWrongType, "The audio cannot be read");
  EXPECT_FALSE(world_.Await(care_->Speech(Put("", "audio/ogg").sha256, base::Duration(1000))));
  EXPECT_FALSE(world_.Await(
      care_->Speech(Put(Sample("photo.jpg"), "image/jpeg").sha256, base::Duration(1000))));
}

TEST_F(MediaCareTest, CountsTheSoundThatIsThereAndNotWhatAFileSays) {
  // One second, whose last page says that two hours have passed.
  const auto form = Prepare(Put(Sample("two_hours.ogg"), "audio/ogg"), ContentKind::kAudio, true);
  ASSERT_TRUE(form) << form.error().public_text();
  EXPECT_LT(form->media.facts->duration_ms.value_or(0), 1200);
  // A file that breaks off is as long as what there is of it.
  const auto whole = Prepare(Put(Wav(4, kEven), "audio/x-wav"), ContentKind::kAudio, true);
  const std::string half = BytesOf(*whole).substr(0, BytesOf(*whole).size() / 2);
  const auto cut = Prepare(Put(half, "audio/ogg"), ContentKind::kAudio, true);
  ASSERT_TRUE(cut) << cut.error().public_text();
  EXPECT_LT(cut->media.facts->duration_ms.value_or(0), 3000);
}

// ---------------------------------------------------------------------------------------- images

TEST_F(MediaCareTest, TakesThePlaceOutOfAPhotograph) {
  const std::string photo = Sample("photo.jpg");
  ASSERT_NE(photo.find("GPS"), std::string::npos);
  const auto form = Prepare(Put(photo, "image/jpeg", "photo.jpg"), ContentKind::kImage);
  ASSERT_TRUE(form) << form.error().public_text();
  const std::string bytes = BytesOf(*form);
  EXPECT_EQ(bytes.find("GPS"), std::string::npos);
  EXPECT_EQ(form->media.mime_type, "image/jpeg");
  EXPECT_EQ(form->media.file_name, "photo.jpg");
  // It lies on its side, and says so still: 64x48 are shown as 48x64.
  EXPECT_EQ(form->media.facts->width, 48);
  EXPECT_EQ(form->media.facts->height, 64);
  EXPECT_TRUE(form->thumbnail.starts_with("\xff\xd8\xff"));
  const auto again = Prepare(Put(bytes, "image/jpeg"), ContentKind::kImage);
  EXPECT_EQ(again->media.sha256, form->media.sha256);
  EXPECT_EQ(again->media.facts->width, 48);

  CareOptions keep;
  keep.keep_place = true;
  care_ = MakeCare(world_.scheduler, *pool_, *blobs_, *workers_, keep);
  EXPECT_EQ(BytesOf(*Prepare(Put(photo, "image/jpeg"), ContentKind::kImage)), photo);
}

TEST_F(MediaCareTest, MakesJpegOfOtherPictures) {
  const auto form = Prepare(Put(Sample("moving.gif"), "image/gif", "a.gif"), ContentKind::kImage);
  ASSERT_TRUE(form) << form.error().public_text();
  EXPECT_EQ(form->media.mime_type, "image/jpeg");
  EXPECT_EQ(form->media.file_name, "a.jpg");
  EXPECT_TRUE(BytesOf(*form).starts_with("\xff\xd8\xff"));
}

TEST_F(MediaCareTest, MakesStickers) {
  const auto form =
      Prepare(Put(Sample("drawing.png"), "image/png", "d.png"), ContentKind::kSticker);
  ASSERT_TRUE(form) << form.error().public_text();
  EXPECT_EQ(form->media.mime_type, "image/webp");
  EXPECT_EQ(form->media.file_name, "d.webp");
  EXPECT_LE(form->media.size, 100 << 10);
  EXPECT_EQ(form->media.facts->width, 512);
  EXPECT_EQ(form->media.facts->height, 512);
  const std::string bytes = BytesOf(*form);
  EXPECT_EQ(bytes.substr(8, 4), "WEBP");
  const auto again = Prepare(Put(bytes, "image/webp"), ContentKind::kSticker);
  EXPECT_EQ(again->media.sha256, form->media.sha256);

  const auto moving = Prepare(Put(Sample("moving.gif"), "image/gif"), ContentKind::kSticker);
  ASSERT_TRUE(moving) << moving.error().public_text();
  const std::string frames = BytesOf(*moving);
  EXPECT_NE(frames.find("ANIM"), std::string::npos) << "it still moves";
  const auto kept = Prepare(Put(frames, "image/webp"), ContentKind::kSticker);
  EXPECT_EQ(kept->media.sha256, moving->media.sha256);
}

TEST_F(MediaCareTest, FitsANoisyPictureIntoASticker) {
  const auto form =
      Prepare(Put(Png(700, 700, Noise(701 * 700)), "image/png"), ContentKind::kSticker);
  if (form)
    EXPECT_LE(form->media.size, 100 << 10);
  else
    EXPECT_EQ(form.error().code, ErrorCode::kMediaTooLarge);
}

TEST_F(MediaCareTest, RefusesABomb) {
  // 3.6 thousand million pixels in some hundred bytes.
  const core::MediaRef bomb = Put(Png(60'000, 60'000, std::string(1 << 20, '\0')), "image/png");
  for (const ContentKind kind : {ContentKind::kImage, ContentKind::kSticker})
    ExpectRefusal(Prepare(bomb, kind), ErrorCode::kMediaTooLarge,
                  "The image has more than 100 million pixels");
  // And what is just allowed unfolds within the limits, or is refused.
  std::string rows(std::size_t{9001} * 9000, '\0');
  const auto large = Prepare(Put(Png(9000, 9000, rows), "image/png"), ContentKind::kSticker);
  ASSERT_TRUE(large) << large.error().public_text();
  EXPECT_EQ(large->media.facts->width, 512);
  EXPECT_EQ(workers_->counters().died, 0);
}

TEST_F(MediaCareTest, LeavesAloneWhatItCannotReadInTheRightForm) {
  ExpectUntouched(Put("\xff\xd8\xff\xe0\0\x10JFIF\0\1\1\0\0\1\0\1\0\0\xff\xd9"s, "image/jpeg"),
                  ContentKind::kImage);
  ExpectUntouched(Put("\x89PNG\r\n\x1a\n"s + Noise(100), "image/png"), ContentKind::kImage);
  ExpectUntouched(Put("RIFF\x1a\0\0\0WEBPVP8L"s + Noise(9), "image/webp"), ContentKind::kSticker);
  ExpectUntouched(Put("\0\0\0\x18"
                      "ftypisom\0\0\2\0isomiso2"s,
                      "video/mp4"),
                  ContentKind::kVideo);
  ExpectUntouched(Put("\xff\xfb\x90\x64\0\0\0\0"s, "audio/mpeg"), ContentKind::kAudio);
  ExpectUntouched(Put("%PDF-1.4\n1 0 obj\n", "application/pdf"), ContentKind::kDocument);
  ExpectUntouched(Put("anything", "text/plain"), ContentKind::kDocument);
  ExpectRefusal(Prepare(Put(Noise(500), "image/webp"), ContentKind::kImage),
                ErrorCode::kMediaWrongType, "The image is of a format that cannot be read");
}

TEST_F(MediaCareTest, EndsWellForEveryCutOfAFile) {
  struct Row {
    const char* name;
    ContentKind kind;
    bool voice;
  };
  constexpr Row kRows[] = {
      {"photo.jpg", ContentKind::kImage, false},    {"drawing.png", ContentKind::kSticker, false},
      {"moving.gif", ContentKind::kSticker, false}, {"tone.mp3", ContentKind::kAudio, true},
      {"clip.mp4", ContentKind::kVideo, false},     {"paper.pdf", ContentKind::kDocument, false}};
  for (const Row& row : kRows) {
    const std::string whole = Sample(row.name);
    for (std::size_t part = 0; part < 6; ++part) {
      SCOPED_TRACE(std::string(row.name) + " " + std::to_string(part));
      const auto form =
          Prepare(Put(whole.substr(0, whole.size() * part / 6), "x/y"), row.kind, row.voice);
      if (!form) {
        EXPECT_NE(form.error().public_text(), "The media cannot be processed");
      }
    }
  }
  EXPECT_EQ(workers_->counters().died, 0);
}

// ---------------------------------------------------------------------------------- what has come

TEST_F(MediaCareTest, LooksAtWhatCameAndLeavesItAsItIs) {
  struct Row {
    const char* name;
    ContentKind kind;
    bool voice;
    core::MediaFacts facts;
    bool has_thumbnail;
  };
  const auto size = [](int width, int height) {
    core::MediaFacts facts;
    facts.width = width;
    facts.height = height;
    return facts;
  };
  core::MediaFacts clip = size(64, 48), paper;
  clip.duration_ms = 1000;
  paper.pages = 2;
  paper.title = "A paper";
  // A photograph keeps the place where it was taken; a picture as a sticker stays what it is.
  const Row rows[] = {{"photo.jpg", ContentKind::kImage, false, size(48, 64), true},
                      {"drawing.png", ContentKind::kSticker, false, size(120, 60), true},
                      {"clip.mp4", ContentKind::kVideo, false, clip, true},
                      {"paper.pdf", ContentKind::kDocument, false, paper, false}};
  for (const Row& row : rows) {
    SCOPED_TRACE(row.name);
    core::MediaRef media = Put(Sample(row.name), "x/y", row.name);
    if (row.kind == ContentKind::kDocument) media.mime_type = "application/pdf";
    const auto form = Look(media, row.kind, row.voice);
    ASSERT_TRUE(form) << form.error().public_text();
    ASSERT_TRUE(form->media.facts);
    EXPECT_EQ(base::EncodeText(*form->media.facts), base::EncodeText(row.facts));
    EXPECT_EQ(form->thumbnail.empty(), !row.has_thumbnail);
    EXPECT_EQ(form->media.sha256, media.sha256);
    EXPECT_EQ(form->media.file_name, media.file_name);
  }
  // A voice message of any format is heard to its end, and not made anew.
  const core::MediaRef wav = Put(Wav(2, kEven), "audio/x-wav", "note.wav");
  const auto heard = Look(wav, ContentKind::kAudio, true);
  ASSERT_TRUE(heard && heard->media.facts);
  EXPECT_EQ(heard->media.sha256, wav.sha256);
  EXPECT_EQ(heard->media.facts->duration_ms, 2000);
  EXPECT_EQ(heard->media.facts->waveform.value_or("").size(), 128u);
}

TEST_F(MediaCareTest, LooksAtHostileFilesWithinTheSameBounds) {
  const core::MediaRef bomb = Put(Png(60'000, 60'000, std::string(1 << 20, '\0')), "image/png");
  ExpectRefusal(Look(bomb, ContentKind::kSticker), ErrorCode::kMediaTooLarge,
                "The image has more than 100 million pixels");
  ExpectRefusal(Look(Put(Noise(5000), "audio/mpeg"), ContentKind::kAudio, true),
                ErrorCode::kMediaWrongType, "The audio cannot be read");
  const auto unknown =
      Look(Put("\x89PNG\r\n\x1a\n"s + Noise(100), "image/png"), ContentKind::kImage);
  ASSERT_TRUE(unknown);
  EXPECT_FALSE(unknown->media.facts);
}

// --------------------------------------------------------------------------- video and documents

TEST_F(MediaCareTest, SaysWhatAVideoShows) {
  const auto form = Prepare(Put(Sample("clip.mp4"), "video/mp4"), ContentKind::kVideo);
  ASSERT_TRUE(form);
  ASSERT_TRUE(form->media.facts);
  EXPECT_EQ(form->media.facts->width, 64);
  EXPECT_EQ(form->media.facts->height, 48);
  EXPECT_NEAR(static_cast<double>(form->media.facts->duration_ms.value_or(0)), 1000, 120);
  EXPECT_TRUE(form->thumbnail.starts_with("\xff\xd8\xff"));
}

TEST_F(MediaCareTest, CountsThePagesOfADocument) {
  const auto form = Prepare(Put(Sample("paper.pdf"), "application/pdf"), ContentKind::kDocument);
  ASSERT_TRUE(form);
  ASSERT_TRUE(form->media.facts);
  EXPECT_EQ(form->media.facts->pages, 2);
  EXPECT_EQ(form->media.facts->title, "A paper");
}

// ------------------------------------------------------------------------------------- processes

std::vector<pid_t> ChildrenOf(pid_t parent) {
  std::vector<pid_t> children;
  for (const auto& entry : std::filesystem::directory_iterator("/proc")) {
    std::ifstream stat(entry.path() / "stat");
    pid_t pid = 0, ppid = 0;
    std::string name, state;
    if (stat >> pid >> name >> state >> ppid && ppid == parent && name == "(parley-media-wo)")
      children.push_back(pid);
  }
  return children;
}

// Waits for the process that works on a file, and for the sandbox around it.
pid_t JobOf(pid_t worker) {
  for (int i = 0; i < 200'000; ++i) {
    for (const pid_t child : ChildrenOf(worker)) {
      const auto status = base::ReadFile("/proc/" + std::to_string(child) + "/status");
      if (status && status->find("Seccomp:\t2") != std::string::npos &&
          status->find("NoNewPrivs:\t1") != std::string::npos)
        return child;
    }
    std::this_thread::yield();
  }
  return -1;
}

// The process of a file that was answered may be about to end still.
bool HasNoJobSoon(pid_t worker) {
  for (int i = 0; i < 200'000; ++i) {
    if (ChildrenOf(worker).empty()) return true;
    std::this_thread::yield();
  }
  return false;
}

class WorkerTest : public MediaCareTest {
 protected:
  WorkerTest() : long_(Put(Wav(120, kEven), "audio/x-wav")) {}

  // Runs a long job and kills the process that `choose` finds; returns what became of the job.
  template <class Choose>
  base::Result<core::MediaForm> KillDuringJob(Choose choose) {
    EXPECT_TRUE(Prepare(Put(Sample("drawing.png"), "image/png"), ContentKind::kImage));
    const std::vector<pid_t> workers = ChildrenOf(::getpid());
    EXPECT_EQ(workers.size(), 1u);
    EXPECT_TRUE(HasNoJobSoon(workers.at(0)));
    std::thread killer([&] {
      const pid_t job = JobOf(workers.at(0));
      EXPECT_GT(job, 0);
      if (job > 0) ::kill(choose(workers.at(0), job), SIGKILL);
    });
    auto form = Prepare(long_, ContentKind::kAudio, true);
    killer.join();
    return form;
  }

  const core::MediaRef long_;
};

TEST_F(WorkerTest, AFileThatEndsItsProcessFailsAlone) {
  ExpectRefusal(KillDuringJob([](pid_t, pid_t job) { return job; }), ErrorCode::kMediaWrongType,
                "The media cannot be processed");
  EXPECT_EQ(workers_->counters().died, 1);
  EXPECT_TRUE(Prepare(Put(Sample("photo.jpg"), "image/jpeg"), ContentKind::kImage)->media.facts);
  EXPECT_EQ(ChildrenOf(::getpid()).size(), 1u) << "the worker is the same";
}

TEST_F(WorkerTest, AWorkerThatIsKilledIsReplacedAndTheFileTriedAgain) {
  const auto form = KillDuringJob([](pid_t worker, pid_t) { return worker; });
  ASSERT_TRUE(form) << form.error().public_text();
  EXPECT_EQ(form->media.facts->duration_ms, 120'000);
  EXPECT_EQ(ChildrenOf(::getpid()).size(), 1u);
}

TEST_F(WorkerTest, AJobThatHangsIsGivenUp) {
  Use(PARLEY_MEDIA_WORKER, base::Duration(1));
  ExpectRefusal(Prepare(long_, ContentKind::kAudio, true), ErrorCode::kMediaTooLarge,
                "The media takes too long to process");
  EXPECT_EQ(workers_->counters().hung, 1);
  EXPECT_TRUE(ChildrenOf(::getpid()).empty()) << "nothing of it is left";
}

TEST_F(WorkerTest, AProgramThatIsNoneIsUnavailable) {
  Use("/bin/true", std::chrono::seconds(10));
  const auto form = Prepare(Put(Sample("photo.jpg"), "image/jpeg"), ContentKind::kImage);
  ASSERT_FALSE(form);
  EXPECT_EQ(form.error().code, ErrorCode::kUnavailable);
  EXPECT_EQ(form.error().public_text(), "Temporarily unavailable, try again");
  WorkerOptions nowhere;
  nowhere.program = "/nowhere/parley-media-worker";
  const auto none = MakeWorkerPool(nowhere);
  ASSERT_FALSE(none);
  EXPECT_THAT(std::string(none.error().public_text()), ::testing::HasSubstr("--media-worker=off"));
}

TEST_F(MediaCareTest, RemembersWhatCameOfAFile) {
  const core::MediaRef media = Put(Sample("drawing.png"), "image/png", "one.png");
  const auto first = Prepare(media, ContentKind::kSticker);
  core::MediaRef other = media;
  other.file_name = "two.png";
  const auto second = Prepare(other, ContentKind::kSticker);
  ASSERT_TRUE(first && second);
  EXPECT_EQ(workers_->counters().jobs, 1);
  EXPECT_EQ(second->media.sha256, first->media.sha256);
  EXPECT_EQ(second->media.facts, first->media.facts);
  EXPECT_EQ(second->thumbnail, first->thumbnail);
  EXPECT_EQ(second->media.file_name, "two.webp");
  EXPECT_EQ(Prepare(media, ContentKind::kImage)->media.sha256, media.sha256) << "another work";
  // What was made is gone by now: it is made again.
  ASSERT_TRUE(blobs_->Delete(first->media.sha256));
  EXPECT_EQ(BytesOf(*Prepare(media, ContentKind::kSticker)).substr(8, 4), "WEBP");
}

TEST_F(MediaCareTest, RefusesMoreThanMayWait) {
  CareOptions none;
  none.max_waiting = 0;
  care_ = MakeCare(world_.scheduler, *pool_, *blobs_, *workers_, none);
  const auto form = Prepare(Put(Sample("photo.jpg"), "image/jpeg"), ContentKind::kImage);
  ASSERT_FALSE(form);
  EXPECT_EQ(form.error().code, ErrorCode::kOverloaded);
}

TEST_F(MediaCareTest, SaysWhenTheBytesAreGone) {
  core::MediaRef media = Put("x", "image/png");
  media.sha256 = std::string(64, '0');
  EXPECT_EQ(Prepare(media, ContentKind::kImage).error().code, ErrorCode::kNotFound);
}

}  // namespace
}  // namespace parley::media
