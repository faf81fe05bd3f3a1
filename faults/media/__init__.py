"""The file layer under SQLCipher, listened to and told to fail; and the disks that a power cut may leave behind."""
