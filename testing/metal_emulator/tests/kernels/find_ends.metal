// After the headers of src/align/recurrence: ends of local alignments, two pairs per simdgroup.
using namespace metal;
using namespace anneal::align::recurrence;

typedef Form<2, true, 8, 64> TestForm;
typedef EndProgram<Strip<TestForm, LetterScores<TestForm, 8>>, 32, false> TestProgram;

struct TestPairs {
  uint query[2], target[2];  // places of their letters
  int query_length[2], target_length[2];
  uint borders;
};

kernel void find_ends(device const uchar* letters [[buffer(0)]], device const TestPairs* pairs [[buffer(1)]],
                      device Border* borders [[buffer(2)]], device int* results [[buffer(3)]],
                      constant Word* words [[buffer(4)]], constant EndParameters& given [[buffer(5)]],
                      uint group [[threadgroup_position_in_grid]], uint lane [[thread_index_in_simdgroup]]) {
  threadgroup Word table[letter_words];
  if (lane < uint(letter_words)) table[lane] = words[lane];
  threadgroup_barrier(mem_flags::mem_threadgroup);
  device const TestPairs& pair = pairs[group];
  TestProgram::Job job;
  for (int part = 0; part < 2; ++part) {
    job.query[part] = letters + pair.query[part];
    job.target[part] = letters + pair.target[part];
    job.query_length[part] = pair.query_length[part];
    job.target_length[part] = pair.target_length[part];
  }
  job.borders = borders + pair.borders;
  const EndParameters parameters = given;
  TestProgram program(job, parameters, table, int(lane));
  EndCell ends[2];
  program.run(ends);
  if (lane != 0) return;
  for (int part = 0; part < 2; ++part) {
    results[6 * group + 3 * part] = ends[part].score;
    results[6 * group + 3 * part + 1] = ends[part].query_end;
    results[6 * group + 3 * part + 2] = ends[part].target_end;
  }
}
