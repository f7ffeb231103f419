// The work on one file, each kind in a file of its own. It happens in a process that ends with it
// (main.cc), without files, network or other people's bytes within reach.
#pragma once

#include <string>
#include <string_view>

#include "media/worker/protocol.h"

namespace parley::media::worker {

struct Job {
  const Request& request;
  std::string_view file;
};

struct Made {
  Answer answer;
  std::string output;  // what answer.output says
};

inline Made Refuse(Refusal refusal, std::string text) {
  Made made;
  made.answer.refusal = refusal;
  made.answer.text = std::move(text);
  return made;
}

// A file that is of the right form by its first bytes and yet cannot be read goes as it is, and
// nothing is known of it: the recipient's phone may know better. What has to be made into another
// form is refused then.
Made RunJob(const Job& job);

// image.cc, sticker.cc, document.cc (libvips)
Made MakeImage(const Job& job);
Made MakeSticker(const Job& job);
Made ReadDocument(const Job& job);
// voice.cc, video.cc, speech.cc (FFmpeg's libraries)
Made MakeVoice(const Job& job);
Made ReadAudio(const Job& job);
Made ReadVideo(const Job& job);
Made MakeSpeech(const Job& job);

}  // namespace parley::media::worker
