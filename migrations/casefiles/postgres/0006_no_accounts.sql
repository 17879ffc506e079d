-- Who may sign in lies sealed among the records of the committee's service.
DROP TABLE casefiles.accounts;
