#include "trace/follower.hpp"

namespace drmshow {

RecordBatch Follower::read_new(const RecordingFile& file) {
  RecordBatch batch = file.read(next_, Unfinished::stop, given_up_);
  next_ = batch.next;
  if (++rounds_ >= patience) {
    rounds_ = 0;
    given_up_ = seen_;
    seen_ = batch.head;
  }
  return batch;
}

RecordBatch Follower::read_rest(const RecordingFile& file) {
  RecordBatch batch = file.read(next_, Unfinished::skip);
  next_ = batch.next;
  return batch;
}

}  // namespace drmshow
