//! `guiando classify`: complaints in, explained proposals out, one JSON line each.
//!
//! A line in is `{"id", "text"}`, where the id is a text or a number and comes back as it came;
//! further fields are not looked at, so that a labelled set can be piped in as it is. Blank lines
//! count but say nothing.
//!
//! Every core works: line *n* goes to worker *n* modulo their number, and the writer asks the workers
//! in the same turn, so the order is kept without sorting. Each worker holds a few lines at most, so
//! memory does not grow with the input. Whoever feeds one line and waits gets its answer at once.

use std::io::{self, BufRead, BufReader, Read, Write};
use std::num::NonZero;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, SyncSender, TryRecvError, sync_channel};
use std::thread;

use clap::Args;
use serde::{Deserialize, Serialize};

use crate::output::unless_reader_left;

/// Longest line, in bytes. The longest narrative has 20,000 code points.
const LONGEST_LINE: u64 = 1 << 20;
/// Lines that wait for, or come from, one worker.
const QUEUE: usize = 8;
/// Most workers; more cores than this would wait for the one who writes.
const MOST_WORKERS: usize = 16;

/// Reads `{"id","text"}` lines from standard input and writes one proposal a line, in the same order
#[derive(Debug, Args)]
pub(crate) struct Classify {}

/// Why classification ended early. Every line before has been answered.
#[derive(Debug, thiserror::Error)]
pub enum ClassifyError {
    /// A line that is not as it must be. What it says is not repeated.
    #[error("line {line}, column {column}: {fault}")]
    Line {
        /// Which, from 1.
        line: u64,
        /// Where in it, from 1.
        column: usize,
        /// What is wrong.
        fault: LineFault,
    },
    /// A worker ended before its work.
    #[error("a classifier thread broke; report this as a fault of the program")]
    Worker,
    /// Standard input or output failed.
    #[error("standard input or output failed")]
    Io(#[from] io::Error),
}

/// What is wrong with a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum LineFault {
    /// Not JSON.
    #[error("this is not JSON in UTF-8, one object a line")]
    NotJson,
    /// JSON of another shape.
    #[error("an object with `id` (text or number) and `text` (text) is needed")]
    Shape,
    /// Too long to be a complaint.
    #[error("a line has at most {LONGEST_LINE} bytes")]
    TooLong,
}

#[derive(Deserialize)]
struct Question {
    id: Id,
    text: String,
}

/// Comes back as it came.
#[derive(Deserialize, Serialize)]
#[serde(untagged)]
enum Id {
    Text(String),
    Number(serde_json::Number),
}

#[derive(Serialize)]
struct Answer<T> {
    id: Id,
    #[serde(flatten)]
    proposal: T,
}

/// A line and its number.
type Line = (u64, io::Result<Vec<u8>>);
/// Its answer with the line break.
type Answered = Result<Vec<u8>, ClassifyError>;

impl Classify {
    pub(crate) fn run(self) -> Result<(), ClassifyError> {
        let Self {} = self;
        let classifier = ::classifier::standard();
        let cores = thread::available_parallelism().map_or(1, NonZero::get);
        pump(
            io::stdin(),
            io::stdout().lock(),
            cores.min(MOST_WORKERS),
            move |line| answer(line, |text| classifier.classify(text)),
        )
    }
}

/// Answers every line of `input` on `output`, in order.
fn pump(
    input: impl Read + Send + 'static,
    output: impl Write,
    workers: usize,
    answer: impl Fn(&[u8]) -> Result<Vec<u8>, (usize, LineFault)> + Send + Sync + 'static,
) -> Result<(), ClassifyError> {
    let answer = Arc::new(answer);
    let (mut questions, mut answers) = (Vec::new(), Vec::new());
    for _ in 0..workers.max(1) {
        let (ask, asked) = sync_channel::<Line>(QUEUE);
        let (reply, replied) = sync_channel::<Answered>(QUEUE);
        let answer = Arc::clone(&answer);
        thread::Builder::new().spawn(move || work(&asked, &reply, &*answer))?;
        questions.push(ask);
        answers.push(replied);
    }
    // The reader may wait for input for ever: when the writer ends first, nobody waits for it.
    let reader = thread::Builder::new().spawn(move || read(input, &questions))?;
    match write(output, &answers) {
        Ok(Some(written)) => match reader.join() {
            Ok(read) if read == written => Ok(()),
            _ => Err(ClassifyError::Worker),
        },
        Ok(None) => Ok(()),
        Err(error) => Err(error),
    }
}

/// Deals the lines out in turn and says how many there were. Ends early when the writer has.
fn read(input: impl Read, workers: &[SyncSender<Line>]) -> u64 {
    let mut input = BufReader::new(input);
    let mut dealt = 0;
    let mut turn = workers.iter().cycle();
    for number in 1.. {
        let mut line = Vec::new();
        let outcome = input
            .by_ref()
            .take(LONGEST_LINE + 1)
            .read_until(b'\n', &mut line);
        let line = match outcome {
            Ok(0) => break,
            Ok(_) if line.trim_ascii().is_empty() => continue,
            Ok(_) => Ok(line),
            Err(error) => Err(error),
        };
        let last = line.as_ref().is_ok_and(|line| too_long(line)) || line.is_err();
        let sent = turn
            .next()
            .is_some_and(|worker| worker.send((number, line)).is_ok());
        dealt += u64::from(sent);
        if !sent || last {
            break;
        }
    }
    dealt
}

fn too_long(line: &[u8]) -> bool {
    u64::try_from(line.len()).is_ok_and(|length| length > LONGEST_LINE)
}

fn work(
    asked: &Receiver<Line>,
    reply: &SyncSender<Answered>,
    answer: &impl Fn(&[u8]) -> Result<Vec<u8>, (usize, LineFault)>,
) {
    for (number, line) in asked {
        let answered = line.map_err(ClassifyError::from).and_then(|line| {
            let outcome = if too_long(&line) {
                Err((1, LineFault::TooLong))
            } else {
                answer(&line)
            };
            outcome.map_err(|(column, fault)| ClassifyError::Line {
                line: number,
                column,
                fault,
            })
        });
        if reply.send(answered).is_err() {
            break;
        }
    }
}

/// Writes the answers in turn and says how many, or `None` when the reader of the output has left.
fn write(output: impl Write, workers: &[Receiver<Answered>]) -> Result<Option<u64>, ClassifyError> {
    let mut output = io::BufWriter::new(output);
    let mut written = 0;
    for worker in workers.iter().cycle() {
        let answered = match worker.try_recv() {
            Ok(answered) => answered,
            // Before waiting, what is done goes out.
            Err(TryRecvError::Empty) => {
                if !delivered(output.flush())? {
                    return Ok(None);
                }
                match worker.recv() {
                    Ok(answered) => answered,
                    Err(_) => break,
                }
            }
            Err(TryRecvError::Disconnected) => break,
        };
        let line = match answered {
            Ok(line) => line,
            Err(error) => {
                unless_reader_left(output.flush())?;
                return Err(error);
            }
        };
        if !delivered(output.write_all(&line))? {
            return Ok(None);
        }
        written += 1;
    }
    Ok(delivered(output.flush())?.then_some(written))
}

/// Whether somebody still reads.
fn delivered(outcome: io::Result<()>) -> io::Result<bool> {
    match outcome {
        Ok(()) => Ok(true),
        Err(error) => unless_reader_left(Err(error)).map(|()| false),
    }
}

/// The answer to one line, with its line break.
fn answer<T: Serialize>(
    line: &[u8],
    classify: impl Fn(&str) -> T,
) -> Result<Vec<u8>, (usize, LineFault)> {
    let question: Question = serde_json::from_slice(line).map_err(|error| {
        // The message of the parser would repeat what the complaint says.
        let fault = if error.is_data() {
            LineFault::Shape
        } else {
            LineFault::NotJson
        };
        (error.column(), fault)
    })?;
    let answer = Answer {
        id: question.id,
        proposal: classify(&question.text),
    };
    let mut bytes = serde_json::to_vec(&answer)
        .expect("a proposal has only text keys, and memory takes every byte");
    bytes.push(b'\n');
    Ok(bytes)
}

#[cfg(test)]
mod tests {
    use std::sync::mpsc::channel;
    use std::time::Duration;

    use super::*;

    /// Answers with the line itself, later ones sooner, so that order has to be kept.
    fn echo(line: &[u8]) -> Result<Vec<u8>, (usize, LineFault)> {
        if line.starts_with(b"slow") {
            thread::sleep(Duration::from_millis(20));
        }
        if line.starts_with(b"bad") {
            return Err((3, LineFault::Shape));
        }
        Ok(line.to_vec())
    }

    fn pumped(input: &str, workers: usize) -> (String, Result<(), ClassifyError>) {
        let mut output = Vec::new();
        let outcome = pump(
            io::Cursor::new(input.to_owned()),
            &mut output,
            workers,
            echo,
        );
        (String::from_utf8(output).unwrap(), outcome)
    }

    #[test]
    fn answers_keep_the_order_of_the_questions() {
        let line = |n| format!("{} {n}\n", if n % 7 == 0 { "slow" } else { "fast" });
        let input = (0..500).map(line).collect::<Vec<_>>().concat();
        for workers in [1, 2, 5] {
            let (output, outcome) = pumped(&input, workers);
            assert!(outcome.is_ok());
            assert_eq!(output, input);
        }
    }

    #[test]
    fn a_bad_line_is_named_after_every_line_before_it_was_answered() {
        let (output, outcome) = pumped("one\n\ntwo\nbad\nthree\n", 3);
        assert_eq!(output, "one\ntwo\n");
        let error = outcome.unwrap_err();
        assert!(
            matches!(
                error,
                ClassifyError::Line {
                    line: 4,
                    column: 3,
                    ..
                }
            ),
            "{error:?}"
        );
    }

    #[test]
    fn a_line_without_end_is_refused_and_not_kept_in_memory() {
        let endless = io::repeat(b'a');
        let mut output = Vec::new();
        let error = pump(endless, &mut output, 2, echo).unwrap_err();
        assert!(
            matches!(
                error,
                ClassifyError::Line {
                    line: 1,
                    fault: LineFault::TooLong,
                    ..
                }
            ),
            "{error:?}"
        );
    }

    #[test]
    fn a_reader_that_has_left_is_no_fault() {
        struct Closed;
        impl Write for Closed {
            fn write(&mut self, _: &[u8]) -> io::Result<usize> {
                Err(io::ErrorKind::BrokenPipe.into())
            }
            fn flush(&mut self) -> io::Result<()> {
                Err(io::ErrorKind::BrokenPipe.into())
            }
        }
        assert!(pump(io::repeat(b'\n').take(9), Closed, 2, echo).is_ok());
        assert!(pump(io::Cursor::new("one\ntwo\n".repeat(9000)), Closed, 2, echo).is_ok());
    }

    #[test]
    fn who_feeds_one_line_and_waits_is_answered_at_once() {
        struct Fed(Receiver<Vec<u8>>);
        impl Read for Fed {
            fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
                let Ok(bytes) = self.0.recv() else {
                    return Ok(0);
                };
                buffer[..bytes.len()].copy_from_slice(&bytes);
                Ok(bytes.len())
            }
        }
        struct Heard(std::sync::mpsc::Sender<Vec<u8>>);
        impl Write for Heard {
            fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
                self.0
                    .send(bytes.to_vec())
                    .map_err(|_| io::ErrorKind::BrokenPipe)?;
                Ok(bytes.len())
            }
            fn flush(&mut self) -> io::Result<()> {
                Ok(())
            }
        }
        let (feed, feeding) = channel();
        let (heard, hear) = channel();
        let pumping = thread::spawn(move || pump(Fed(feeding), Heard(heard), 3, echo));
        for line in ["one\n", "two\n", "three\n"] {
            feed.send(line.as_bytes().to_vec()).unwrap();
            assert_eq!(
                hear.recv_timeout(Duration::from_secs(10)).unwrap(),
                line.as_bytes()
            );
        }
        drop(feed);
        assert!(pumping.join().unwrap().is_ok());
    }

    #[test]
    fn a_broken_worker_is_told() {
        let error = pump(io::Cursor::new("one\n"), Vec::new(), 1, |_| {
            panic!("as it must")
        })
        .unwrap_err();
        assert!(matches!(error, ClassifyError::Worker), "{error:?}");
    }

    #[test]
    fn the_id_comes_back_as_it_came_and_no_text_in_a_fault() {
        let classify = |_: &str| serde_json::json!({"main": "x"});
        let bytes = answer(br#"{"id":7,"text":"a","more":1}"#, classify).unwrap();
        assert_eq!(bytes, b"{\"id\":7,\"main\":\"x\"}\n");
        for (line, fault) in [
            (&b"secreto"[..], LineFault::NotJson),
            (b"{\"id\":\"a\",\"text\":\"\xff\"}", LineFault::NotJson),
            (br#""secreto""#, LineFault::Shape),
            (br#"{"id":null,"text":"secreto"}"#, LineFault::Shape),
            (br#"{"id":"a"}"#, LineFault::Shape),
            (br#"{"text":"secreto"}"#, LineFault::Shape),
            (br#"{"id":"a","text":1}"#, LineFault::Shape),
        ] {
            let (_, found) = answer(line, classify).unwrap_err();
            assert_eq!(found, fault, "{}", String::from_utf8_lossy(line));
            assert!(!found.to_string().contains("secreto"));
        }
    }
}
