// What kind of sound something is, before a recogniser is given it: one that looks for words finds
// them in music and noise, too.
//
// A voice is a sound that comes and goes: its level changes from syllable to syllable, and it is
// voiced (it has a pitch between 70 and 400 Hz) in stretches that consonants and pauses end. A tone
// and a hum keep their level, noise has no pitch, a melody's pitch goes on and on. What was
// measured: docs/decisions/0027-transcription.md.
#pragma once

#include <string>

namespace parley::speech {

// Both take signed 16-bit little-endian samples, core::kSpeechRate of them a second. Thread: any;
// they take about a hundredth of the time that the sound lasts.

// Whether nothing is to be heard.
bool IsSilent(const std::string& samples);
// Whether somebody may be speaking.
bool MayBeVoice(const std::string& samples);

}  // namespace parley::speech
