// Real servers, processes and clocks on a busy machine: what fails once is tried once more, and its first failure is shown.
jest.retryTimes(1, { logErrorsBeforeRetry: true });
