#include "media/worker/job.h"

namespace parley::media::worker {
namespace {

struct OperationRow {
  Operation operation;
  Made (*run)(const Job& job);
};

constexpr OperationRow kOperations[] = {
    {Operation::kImage, MakeImage},   {Operation::kSticker, MakeSticker},
    {Operation::kVoice, MakeVoice},   {Operation::kAudio, ReadAudio},
    {Operation::kVideo, ReadVideo},   {Operation::kDocument, ReadDocument},
    {Operation::kSpeech, MakeSpeech},
};
static_assert(std::size(kOperations) == kOperationNames.rows.size());

}  // namespace

Made RunJob(const Job& job) {
  for (const OperationRow& row : kOperations)
    if (row.operation == job.request.operation) return row.run(job);
  return Refuse(Refusal::kUnreadable, "Unknown operation");
}

}  // namespace parley::media::worker
