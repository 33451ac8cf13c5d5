import type { CaptureWriter, SliceWriter } from '../evidenceStore.ts';

/** Evidence could not be written, as opposed to read. Ends the run. */
export class WriteFailed extends Error {
  override readonly cause: unknown;
  constructor(cause: unknown) {
    super('evidence could not be written');
    this.cause = cause;
  }
}

/** The writer, with its failures told apart from Twilio's. `failed` is called at once, whoever waits for what failed and however late. */
export function tellingFailures(writer: CaptureWriter, failed: () => void): CaptureWriter {
  const toldLater = async (work: () => Promise<void>): Promise<void> => {
    try {
      await work();
    } catch (error) {
      failed();
      throw new WriteFailed(error);
    }
  };
  return {
    begin(of) {
      const slice = told(() => writer.begin(of));
      const own: SliceWriter = {
        page: (rows, proof) => toldLater(() => slice.page(rows, proof)),
        held: (rows, places, proof) => toldLater(() => slice.held(rows, places, proof)),
        end: (result) => toldLater(() => slice.end(result)),
        drop: () => told(() => slice.drop()),
      };
      return own;
    },
    flush: () => toldLater(() => writer.flush()),
    close: () => toldLater(() => writer.close()),
  };
}

function told<T>(work: () => T): T {
  try {
    return work();
  } catch (error) {
    throw new WriteFailed(error);
  }
}
