// What kind of sound something is, before a recogniser is given it: one that looks for words finds
// them in music and noise, too.
//
// A voice is a sound that comes and goes: its level changes from syllable to syllable; it is voiced
// (it has a pitch between 70 and 400 Hz) for much of the time, but not always; one period is never
// quite like the next; and it is no single tone, which its last two samples foretell. A hum keeps
// its level, noise has no pitch, a sweep is one tone, a synthesised melody repeats itself exactly.
// What was measured: docs/decisions/0027-transcription.md.
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
